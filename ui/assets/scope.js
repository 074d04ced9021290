// Own radio buttons: the framework's have no common name, so that arrow keys do not move between them, and no legend.
const radios = () => element.querySelectorAll('input');
const sync = () => radios().forEach((radio) => { radio.checked = radio.value === props.value; });
element.addEventListener('change', (event) => { props.value = event.target.value; });
watch(['value', 'options'], sync);
sync();
