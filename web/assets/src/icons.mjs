// Names of the @tabler/icons (outline) in the sprite; templates use them as icon('name').
export const icons = [
  'adjustments', 'alert-circle', 'alert-triangle', 'arrow-back-up', 'building-bank', 'chart-bar', 'check', 'chevron-down',
  'chevron-left', 'chevron-right', 'circle-check', 'clipboard-list', 'clock', 'device-floppy', 'eye', 'file-plus',
  'file-text', 'files', 'hand-grab', 'history', 'home', 'inbox', 'info-circle', 'language', 'list-check', 'lock',
  'logout', 'map-pin', 'maximize', 'minus', 'note', 'paperclip', 'player-pause', 'plus', 'printer', 'refresh', 'route',
  'search', 'send', 'sitemap', 'trash', 'user', 'users', 'x',
];
