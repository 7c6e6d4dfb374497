# placeholder until set-up is written
