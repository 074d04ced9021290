// Runs inside the framework's component that shows the talk: page scripts → events the server hears.
const NAMES = ['ask', 'rate', 'revise', 'repeat', 'reopen'];
document.addEventListener('metrology', (event) => {
  if (NAMES.includes(event.detail.name)) trigger(event.detail.name, event.detail);
});
