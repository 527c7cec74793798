const r = /a/v;
