/* Carries a partner's referral from the page where a visitor lands to the form where it signs up, on your own site:
     <script src="https://PORTAL/portal.js" data-days="90" data-domain="example.com" defer></script>
   Reads code (or via), ref, refexternal, i and s of the address, keeps the last five visits in a first-party cookie, and fills
   inputs by data-referral: code, ref, refexternal, invitation (of this address), visits (all, as JSON), last-code (to be shown). */
(function () {
  'use strict';
  var set = document.currentScript.dataset, name = 'portal_referral', days = Number(set.days) || 90;

  function visits() {
    var kept = document.cookie.split('; ').find(function (c) { return c.startsWith(name + '='); });
    if (!kept) return [];
    try {
      var list = JSON.parse(decodeURIComponent(kept.slice(name.length + 1)));
      return Array.isArray(list) ? list.filter(function (v) { return v && Date.now() - Date.parse(v.at) < days * 864e5; }) : [];
    } catch {
      return []; // Not written by this script.
    }
  }

  function write(list, age) {
    document.cookie = name + '=' + encodeURIComponent(JSON.stringify(list)) + '; path=/; max-age=' + age + '; samesite=lax'
      + (location.protocol === 'https:' ? '; secure' : '') + (set.domain ? '; domain=' + set.domain : '');
  }

  function arrival() {
    var query = new URLSearchParams(location.search), found = {};
    var take = function (key, from, form) {
      var value = (query.get(from) || '').trim();
      if (form.test(value)) found[key] = value;
    };
    // Other tools use these names, too.
    take('code', query.has('code') ? 'code' : 'via', /^[a-z0-9]{4}[ -]?[a-z0-9]{4}$/i);
    take('ref', 'ref', /^\d{5,18}$/);
    take('refexternal', 'refexternal', /^.{1,100}$/);
    if (!Object.keys(found).length) return null;
    take('source', 's', /^[\w.-]{1,40}$/);
    take('invitation', 'i', /^[\w-]{1,100}$/);
    return found;
  }

  var now = arrival(), list = visits();
  if (now) {
    var last = list[list.length - 1], key = JSON.stringify(now);
    if (!last || JSON.stringify(Object.assign({}, last, { at: undefined })) !== key) {
      list = list.concat(Object.assign({}, now, { at: new Date().toISOString() })).slice(-5);
      write(list, days * 86400);
    }
  }

  function values() {
    var code = list.map(function (v) { return v.code; }).filter(Boolean).pop();
    return Object.assign({}, now, { visits: list.length ? JSON.stringify(list) : '', 'last-code': code });
  }

  function fill() {
    var all = values();
    document.querySelectorAll('[data-referral]').forEach(function (input) {
      var value = all[input.dataset.referral];
      if (value && !input.value) input.value = value;
    });
  }

  window.PortalReferral = { values: values, fill: fill, clear: function () { list = []; now = null; write([], 0); } };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', fill); else fill();
})();
