/** Makes tables and code that scroll sideways reachable with the keyboard, and no others. */
const update = () => {
  for (const element of document.querySelectorAll('.sl-markdown-content :is(table, pre)')) {
    if (element.scrollWidth > element.clientWidth) element.setAttribute('tabindex', '0');
    else element.removeAttribute('tabindex');
  }
};

update();
addEventListener('resize', update);
