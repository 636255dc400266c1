(function () {
  var told = JSON.parse(document.getElementById('told').textContent);
  // What stands behind the # changed in an open page: another payment.
  addEventListener('hashchange', function () { location.reload(); });

  var asked = /[?&]lang=(zh|en)/.exec(location.search), wanted = navigator.languages || [navigator.language || 'zh'];
  var spoken = [].concat(wanted).map(function (tag) { return String(tag).slice(0, 2).toLowerCase(); })
    .filter(function (tag) { return tag === 'zh' || tag === 'en'; })[0];
  var language = asked ? asked[1] : spoken || 'en', words = told.words[language];
  document.documentElement.lang = words.tag;

  function make(tag, attributes, inside) {
    var svg = tag === 'svg' || tag === 'circle' || tag === 'path';
    var it = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
    for (var name in attributes) if (attributes[name] !== undefined) it.setAttribute(name, attributes[name]);
    [].concat(inside === undefined ? [] : inside).forEach(function (part) {
      it.appendChild(typeof part === 'string' ? document.createTextNode(part) : part);
    });
    return it;
  }

  // --- reading the link

  function bytesOf(digits) {
    if (digits[0] !== told.version || !/^\d+$/.test(digits)) throw 'version';
    var bytes = [];
    for (var at = 1; at < digits.length; at += 5) {
      var part = digits.slice(at, at + 5), number = Number(part);
      if (part.length === 5 && number < 65536) bytes.push(number >> 8, number & 255);
      else if (part.length === 3 && number < 256) bytes.push(number);
      else throw 'digits';
    }
    return bytes;
  }

  // Deflate with the fixed codes (RFC 1951, 3.2.6), behind a text that both sides know.
  function inflate(bytes, dictionary) {
    var out = dictionary.slice(), at = 0;
    function bit() {
      if (at >= bytes.length * 8) throw 'short';
      return bytes[at >> 3] >> (at++ & 7) & 1;
    }
    function number(bits) { for (var value = 0, n = 0; n < bits; n++) value |= bit() << n; return value; }
    function code(bits) { for (var value = 0; bits > 0; bits--) value = value << 1 | bit(); return value; }
    if (number(3) !== 3) throw 'block';
    for (;;) {
      var v = code(7), symbol;
      if (v < 24) symbol = 256 + v;
      else {
        v = v << 1 | bit();
        if (v < 192) symbol = v - 48;
        else if (v < 200) symbol = v + 88;
        else symbol = (v << 1 | bit()) - 256;
      }
      if (symbol === 256) break;
      if (symbol < 256) { out.push(symbol); continue; }
      var more = symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2;
      var length = symbol === 285 ? 258 : more ? (4 + (symbol - 265 & 3) << more) + 3 + number(more) : symbol - 254;
      var d = code(5), far = d < 4 ? 0 : (d >> 1) - 1;
      var distance = far ? (2 + (d & 1) << far) + 1 + number(far) : d + 1;
      if (distance > out.length || out.length > 20000) throw 'distance';
      for (; length > 0; length--) out.push(out[out.length - distance]);
    }
    if (bytes.length - (at + 7 >> 3) !== 0) throw 'long';
    return out.slice(dictionary.length);
  }

  function textOf(bytes) {
    return decodeURIComponent(bytes.map(function (byte) { return '%' + (256 + byte).toString(16).slice(1); }).join(''));
  }

  function bytesOfText(text) {
    return unescape(encodeURIComponent(text)).split('').map(function (c) { return c.charCodeAt(0); });
  }

  function read(digits) {
    var bytes = bytesOf(digits), mac = bytes.slice(0, 32);
    if (mac.length !== 32) throw 'short';
    var lines = textOf(inflate(bytes.slice(32), bytesOfText(told.dictionary))).split('\n');
    if (lines.length > told.fields.length + 2) throw 'long';
    var form = { shop: lines[0], until: parseInt(lines[1], 36) * 60000, fields: [], by: {} };
    told.fields.forEach(function (name, at) {
      var value = lines[at + 2];
      if (value) { form.fields.push([name, value]); form.by[name] = value; }
    });
    form.fields.push(['CheckMacValue', mac.map(function (byte) { return (256 + byte).toString(16).slice(1); }).join('').toUpperCase()]);
    if (!/^\d{1,8}$/.test(form.by.TotalAmount || '') || !form.by.MerchantTradeNo) throw 'form';
    return form;
  }

  // --- what was paid for here before: a link opens ECPay's page once

  function mark(number) { return 'guitai.' + number; }
  function wasUsed(number) { try { return localStorage.getItem(mark(number)) !== null; } catch (_) { return false; } }
  function isUsed(number) { try { localStorage.setItem(mark(number), '1'); } catch (_) { /* then it is not remembered */ } }

  // --- showing it

  function notice(state, what) {
    var drawing = make('svg', { class: 'mark ' + what.tone, viewBox: '0 0 48 48', width: '56', height: '56', 'aria-hidden': 'true' },
      [make('circle', { cx: '24', cy: '24', r: '22' }), make('path', { d: what.path })]);
    return make('section', { id: 'link-state', class: 'notice', 'data-state': state, role: 'status' },
      [drawing, make('h2', {}, what.title), make('p', {}, what.text)]);
  }

  function clock(ms) {
    var minutes = Math.floor(ms / 60000) + 480, two = function (n) { return (n < 10 ? '0' : '') + n; };
    return two(Math.floor(minutes / 60) % 24) + ':' + two(minutes % 60);
  }

  function until(form) { return [words.until[0], make('time', {}, clock(form.until)), words.until[1]]; }

  function formOf(form, byItself) {
    var inputs = form.fields.map(function (field) { return make('input', { type: 'hidden', name: field[0], value: field[1] }); });
    var button = make('button', { id: 'pay-button', class: byItself ? 'button' : 'button second', type: 'submit', 'data-busy': words.paying },
      byItself ? words.pay : words.anyway);
    var it = make('form', { id: 'pay-form', method: 'post', action: told.action, 'accept-charset': 'UTF-8', autocomplete: 'off',
      'data-auto': byItself ? '' : undefined }, inputs.concat(button));
    it.addEventListener('submit', function () { isUsed(form.by.MerchantTradeNo); });
    return it;
  }

  function wayOut(browser) {
    if (browser === 'line') {
      return make('a', { id: 'open-browser', class: 'button', href: '?openExternalBrowser=1' + location.hash }, words.open);
    }
    return make('div', { id: 'copy-box', class: 'copy', hidden: '' }, [
      make('label', { for: 'link-text' }, words.link),
      make('input', { id: 'link-text', type: 'text', readonly: '' }),
      make('button', { id: 'copy-button', class: 'button', type: 'button', 'data-done': words.copied }, words.copy)
    ]);
  }

  function body() {
    var digits = location.hash.slice(1), form;
    if (!digits) return [notice('back', words.back)];
    try { form = read(digits); } catch (_) { return [notice('broken', words.broken)]; }
    // A page inside somebody else's page may be covered by anything.
    if (form.by.MerchantID !== told.merchant || top !== self) return [notice('foreign', words.foreign)];
    var over = Date.now() >= form.until, used = wasUsed(form.by.MerchantTradeNo);
    document.title = words.title + ' · ' + form.shop;
    var parts = [
      make('h1', { class: 'shop' }, form.shop),
      make('p', { class: 'due' }, [make('span', { class: 'label' }, over || used ? words.amount : words.due),
        make('span', { class: 'amount' }, [make('small', {}, 'NT$'), form.by.TotalAmount.replace(/\B(?=(\d{3})+$)/g, ',')])])
    ];
    var inside = told.browsers.filter(function (browser) {
      return browser[1].some(function (part) { return navigator.userAgent.indexOf(part) >= 0; });
    })[0];
    if (over) return parts.concat(notice('expired', words.expired));
    if (used) return parts.concat(notice('opened', words.opened), formOf(form, false));
    if (inside) {
      return parts.concat(notice('in-app', words[inside[0]]), wayOut(inside[0]), formOf(form, false),
        make('p', { class: 'quiet' }, until(form)));
    }
    return parts.concat(formOf(form, true),
      make('p', { id: 'link-state', class: 'quiet', 'data-state': 'fresh', role: 'status' }, until(form)),
      make('p', { class: 'quiet' }, words.gateway));
  }

  function tongue(name, text, tag) {
    return make('a', { href: '?lang=' + name + location.hash, lang: tag, hreflang: tag, 'aria-current': name === language ? 'true' : undefined }, text);
  }

  var inside = make('main', {}, [make('nav', { class: 'languages' },
    [tongue('zh', '中文', 'zh-Hant-TW'), tongue('en', 'English', 'en')])].concat(body()));
  if (told.training) document.body.appendChild(make('p', { class: 'training' }, words.training));
  document.body.appendChild(inside);
})();
