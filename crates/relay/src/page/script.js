(function () {
  // A page the browser kept in memory may be out of date: ask for it again.
  addEventListener('pageshow', function (e) { if (e.persisted) location.reload(); });

  var box = document.getElementById('copy-box');
  if (box) {
    var text = document.getElementById('link-text'), copy = document.getElementById('copy-button');
    // What stands behind the # is the whole payment on a page without a server.
    text.value = location.origin + location.pathname + location.hash;
    box.hidden = false;
    var done = function () { copy.textContent = copy.getAttribute('data-done'); };
    copy.addEventListener('click', function () {
      text.focus();
      text.select();
      // The clipboard needs https; on the shop's own network there is only the old way.
      if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(text.value).then(done, function () {});
      else if (document.execCommand('copy')) done();
    });
  }

  var form = document.getElementById('pay-form');
  if (!form) return;
  var button = document.getElementById('pay-button');
  var sent = false;
  function busy() {
    button.setAttribute('aria-busy', 'true');
    button.textContent = button.getAttribute('data-busy');
  }
  form.addEventListener('submit', function (e) {
    // A second tap would post the same trade number again, and the gateway would refuse it.
    if (sent) return e.preventDefault();
    sent = true;
    busy();
    var beacon = form.getAttribute('data-beacon');
    if (beacon) try {
      if (!navigator.sendBeacon || !navigator.sendBeacon(beacon)) fetch(beacon, { method: 'POST', keepalive: true });
    } catch (_) { /* the page then stays fresh, which only costs a question */ }
  });
  if (form.hasAttribute('data-auto')) {
    busy();
    setTimeout(function () {
      if (sent) return;
      if (form.requestSubmit) form.requestSubmit(); else button.click();
    }, 900);
  }
})();
