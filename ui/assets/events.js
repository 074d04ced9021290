// Runs inside the framework's component that shows the talk: page scripts → events the server hears.
const NAMES = ['ask', 'rate', 'revise', 'repeat', 'reopen'];
// A conversation that was left stays left: the framework shows what came of an answer step by step, and on a slow machine
// goes on with the steps that wait when the next conversation stands already.
const left = new Set();
window.metrologyLeft = (session) => left.has(session);
const sessionOf = (html) => (/ data-session="([^"]*)"/.exec(html) || [])[1];
let standing = props.value;
const leave = () => left.add(sessionOf(standing));
const stay = () => left.delete(sessionOf(standing)); // the next one did not come, and he goes on with this
watch('value', () => {
  if (left.has(sessionOf(props.value))) props.value = standing;
  else standing = props.value;
});
document.addEventListener('click', (event) => { if (event.target.closest('#fresh')) leave(); else stay(); }, true);
document.addEventListener('keydown', (event) => { if (event.key === 'Enter') stay(); }, true);
document.addEventListener('metrology', (event) => {
  if (event.detail.name === 'reopen') {
    leave();
    left.delete(JSON.parse(event.detail.kept).session);
  }
  if (NAMES.includes(event.detail.name)) trigger(event.detail.name, event.detail);
});
