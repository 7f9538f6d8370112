/** Back from the identity provider: presses the page's only button, which people without a script press themselves. */

document.querySelector("form[data-go-on]").submit();
