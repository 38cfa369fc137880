// Enter sends (but not while an input method is composing Japanese), and lists follow their newest message.
document.addEventListener('keydown', e => {
  const box = e.target;
  if (!(box instanceof HTMLTextAreaElement) || !box.hasAttribute('data-enter-sends')) return;
  if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return;
  e.preventDefault();
  const button = box.closest('.composer').querySelector('[data-send]');
  // The button may still be disabled for a moment while the typed text travels to the server.
  let tries = 0;
  const press = () => { if (!button.disabled) button.click(); else if (tries++ < 50) setTimeout(press, 20); };
  press();
});

const lists = new WeakMap();
const follow = () => document.querySelectorAll('[data-scroll]').forEach(list => {
  const key = list.getAttribute('data-scroll');
  let known = lists.get(list);
  if (!known) {
    known = { key: null, stick: true };
    lists.set(list, known);
    list.addEventListener('scroll', () => { known.stick = list.scrollHeight - list.scrollTop - list.clientHeight < 80; });
  }
  if (known.key !== key) { known.key = key; known.stick = true; }
  if (known.stick) list.scrollTop = list.scrollHeight;
});
new MutationObserver(follow).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-scroll'] });
window.addEventListener('load', follow, true);
follow();
