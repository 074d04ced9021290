"""Scripts that tell in the page whether a small screen with large type shows all of it."""

FLOW = "document.documentElement.scrollWidth <= innerWidth"
# What a phone's setting for larger type does in the browser of a chat application: every size of type, and no box.
LARGER = """factor => [...document.querySelectorAll('body, body *')]
  .map(e => [e, parseFloat(getComputedStyle(e).fontSize)])
  .forEach(([e, size]) => e.style.setProperty('font-size', size * factor + 'px', 'important'))"""
# Text that its own box cuts off, where the page did not mean to shorten it.
CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e);
  const hides = [style.overflowX, style.overflowY].some(value => value === 'hidden' || value === 'clip');
  const shortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
  const meant = shortened || e.closest('.sr-only, [hidden]');
  return hides && !meant && e.checkVisibility() && e.clientWidth > 1 && (e.innerText || '').trim()
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 120))"""
# Controls that lie on each other.
OVERLAP = """() => {
  const boxes = [...document.querySelectorAll('button, a, label, textarea, input')]
    .filter(e => e.checkVisibility() && !e.closest('.sr-only, p, li > span, td, th, .source-line, .tick'))
    .map(e => [e, e.getBoundingClientRect()]).filter(([e, box]) => box.width > 1 && box.height > 1);
  const sticky = e => e.closest('#composer, .first-ask, .bar');
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([other, b]) => sticky(one) === sticky(other) && !one.contains(other) && !other.contains(one)
      && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => one.outerHTML.slice(0, 90) + ' × ' + other.outerHTML.slice(0, 90)));
}"""
