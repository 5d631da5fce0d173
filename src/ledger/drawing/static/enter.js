// The secret of a one-time link stands after the "#": no server and no log ever sees it there.
// Without this file, it is pasted into the field.
(() => {
  "use strict";
  const code = document.getElementById("code");
  const secret = location.hash.slice(1);
  if (!code || !secret) return;
  code.value = secret;
  history.replaceState(null, "", location.pathname + location.search);
  document.getElementById("password")?.focus();
})();
