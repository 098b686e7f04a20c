// The part of the page that can be moved: sliders, and what the odds then are. A worker simulates 1,000 paths at every
// move, another one 10,000 and then all while the hand rests. Without WebAssembly the page stays as it was written.
(function () {
  "use strict";
  var part = document.getElementById("live"), usable = typeof WebAssembly === "object" &&
    typeof Worker === "function" && typeof DecompressionStream === "function";
  if (!part || !usable) { return; }

  var FIRST = 1000, SETTLED = 10000, MOST = 100000, REST = 150, LONG_REST = 1200, STATE = "#set:";
  var data = null, words = null, levers = {}, shownLevers = [], state = {}, result = null, waiting = [];
  var first = null, deep = null, version = 0, timer = 0, moved = 0, alone = false, parts = {};

  // ── Unpacking ──

  function bytes(id) {
    var text = atob(document.getElementById(id).textContent), found = new Uint8Array(text.length);
    for (var at = 0; at < text.length; at += 1) { found[at] = text.charCodeAt(at); }
    return found;
  }
  function unpacked(id) {
    return new Response(new Blob([bytes(id)]).stream().pipeThrough(new DecompressionStream("gzip")));
  }
  function engine() {
    // A function that adds two vectors: what a browser must know for the engine that has them.
    var vectors = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);
    var id = WebAssembly.validate(vectors) ? "live-simd" : "live-compat";
    if (!document.getElementById(id)) { throw new Error(id); }
    return unpacked(id).arrayBuffer().then(function (module) { return WebAssembly.compile(module); });
  }

  // ── Workers ──

  function Answerer(source, module, opening) {
    var worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    var number = 0, busy = null, next = null;
    worker.onmessage = function (event) {
      var one = busy;
      busy = null;
      one.done(event.data);
      if (next && !busy) { send(next); }
    };
    function send(one) {
      next = null;
      busy = one;
      number += 1;
      worker.postMessage(Object.assign({ id: number }, one.message));
    }
    // Only the newest of what waits is asked: what lies between was never seen.
    this.ask = function (message, done) {
      var one = { message: message, done: done };
      if (busy) { next = one; } else { send(one); }
    };
    this.forget = function () { next = null; };
    this.started = new Promise(function (resolve, reject) {
      send({ message: { module: module, opening: opening }, done: function (answer) {
        if (answer.view.error) { reject(new Error(answer.view.error)); } else { resolve(); }
      } });
      worker.onerror = function (event) { reject(new Error(event.message)); };
    });
  }

  // ── Values and texts ──

  function plain(number) { return String(Number(number.toPrecision(12))); }
  function people(number, lever) {
    var value = number * lever.factor;
    var text = value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 4 });
    return text + (lever.unit ? (lever.unit.charAt(0) === "%" && document.documentElement.lang.slice(0, 2) === "zh" ? "" : " ") + lever.unit : "");
  }
  // The quantity that `--set` takes for a lever at a number: the number, or the distribution shifted to it.
  function quantity(lever, number) {
    var form = lever.form;
    if (!form || lever.fixed || form.moved.length === 0) { return plain(number); }
    var by = number - lever.value;
    var written = form.arguments.map(function (argument, place) {
      return plain(form.moved.indexOf(place) < 0 ? argument : argument + by);
    });
    return form.name + "(" + written.join(", ") + ")";
  }
  function unmoved(lever) { return !lever.form || (!lever.fixed && lever.form.moved.length > 0); }
  function changes() { return Object.keys(state).map(function (name) { return name + "=" + state[name].text; }); }
  function quoted(text) {
    return /^[A-Za-z0-9_.\/-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\\''") + "'";
  }
  function command(paths) {
    var set = changes().map(function (each) { return " --set " + quoted(each); }).join("");
    return "plancast run " + quoted(data.origin) + set + " --seed " + data.seed + " --paths " + paths;
  }

  // ── What is written on the page ──

  function make(tag, content, attributes) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    (Array.isArray(content) ? content : [content]).forEach(function (each) {
      if (each !== null && each !== "") { made.append(each); }
    });
    return made;
  }
  function button(text, act, attributes) {
    var made = make("button", text, Object.assign({ type: "button" }, attributes));
    made.addEventListener("click", act);
    return made;
  }
  function row(each) {
    var now = make("td", each.after, { "class": "n now" });
    if (each.percent !== undefined) {
      var bar = make("i", "");
      bar.style.width = each.percent + "%";
      now.append(make("span", bar, { "class": "dash", "aria-hidden": "true" }));
    }
    return make("tr", [make("th", each.title, { scope: "row" }), make("td", each.before, { "class": "n" }), now,
      make("td", each.change, { "class": "n" })], { "data-name": each.name });
  }
  function table(head, bodies) {
    var cells = [head, words.before, words.after, words.change].map(function (text, place) {
      return make("th", text, place ? { scope: "col", "class": "n" } : { scope: "col" });
    });
    return make("table", [make("thead", make("tr", cells))].concat(bodies));
  }
  function fold(content, id) {
    var open = document.getElementById(id);
    var made = make("details", content, { id: id });
    made.open = Boolean(open && open.open);
    return made;
  }
  function body(group, place, all) {
    // A scenario without groups has one, which needs no heading.
    if (all.length === 1 && alone) { return make("tbody", group.rows.map(row)); }
    var head = make("tr", make("th", group.title, { scope: "rowgroup", colspan: "4", "class": "group" }));
    return make("tbody", [head].concat(group.rows.map(row)));
  }

  // A first look has the goals and a figure; all else stays until the hand rests.
  function show(view, whole) {
    var leading = view.groups.filter(function (group) { return group.leads; });
    var others = view.groups.filter(function (group) { return !group.leads; });
    alone = view.groups.length === 1;
    parts.goals.replaceChildren();
    if (leading.length) { parts.goals.append(table(words.goal, leading.map(body))); }
    if (others.length) {
      parts.goals.append(fold([make("summary", words.others), table(words.goal, others.map(body))], "live-others"));
    }
    if (whole && view.headlines.length) {
      parts.headlines.replaceChildren(table(words.headline, [make("tbody", view.headlines.map(row))]));
    }
    if (whole && parts.fan.options.length === 0) {
      view.headlines.forEach(function (each) { parts.fan.append(make("option", each.title, { value: each.name })); });
      parts.figure.hidden = view.headlines.length === 0;
    }
    if (view.fans.length) { parts.picture.innerHTML = view.fans[0]; }
    if (view.drivers.length) {
      var rows = view.drivers.map(function (each) {
        return make("tr", [make("th", each.title, { scope: "row" }), make("td", each.share, { "class": "n" })]);
      });
      var head = make("tr", [make("th", view.driven, { scope: "col" }), make("th", words.share, { scope: "col", "class": "n" })]);
      parts.drivers.replaceChildren(make("h3", words.drivers), make("table", [make("thead", head), make("tbody", rows)]));
    }
  }

  function say(text, wrong) {
    parts.state.textContent = text;
    parts.state.className = wrong ? "state wrong" : "state";
  }

  // ── Simulating ──

  function question(paths, whole) {
    var fans = parts.fan.value ? [parts.fan.value] : [], wide = parts.picture.clientWidth || 900;
    var width = Math.round(Math.max(480, Math.min(900, wide)));
    return { ask: "run", set: changes(), paths: paths, whole: whole, fans: fans, size: [width, width < 700 ? 420 : 560] };
  }
  function answered(of, paths, whole) {
    return function (answer) {
      if (of !== version) { return; }
      if (answer.view.error) {
        say(words.failed + "\n" + answer.view.error, true);
        waiting.splice(0).forEach(function (each) { each.reject(new Error(answer.view.error)); });
        return;
      }
      if (result && result.version === of && result.paths > paths) { return; }
      result = { version: of, paths: paths, summary: answer.summary, parsed: null };
      show(answer.view, whole);
      var shown = answer.view.paths.toLocaleString(document.documentElement.lang);
      say((whole ? words.settled : words.first).replace("{}", shown));
      parts.command.textContent = command(paths);
      document.dispatchEvent(new CustomEvent("plancast", { detail: {
        paths: paths, waited: performance.now() - moved, worked: answer.milliseconds } }));
      if (whole) {
        waiting.splice(0).forEach(function (each) { each.resolve(); });
        var all = Math.min(MOST, data.paths);
        if (all > paths) { later(LONG_REST, all); }
      }
    };
  }
  function later(rest, paths) {
    clearTimeout(timer);
    timer = setTimeout(function () {
      deep.ask({ question: question(paths, true), summary: true }, answered(version, paths, true));
    }, rest);
  }
  function simulate() {
    version += 1;
    moved = performance.now();
    deep.forget();
    first.ask({ question: question(FIRST, false) }, answered(version, FIRST, false));
    later(REST, SETTLED);
  }
  function keep() {
    var text = Object.keys(state).map(function (name) {
      return encodeURIComponent(name) + "=" + encodeURIComponent(state[name].text);
    }).join("&");
    // A link to a place within the page stays where nothing is moved.
    var own = location.hash.indexOf(STATE) === 0;
    if (text || own) { history.replaceState(null, "", text ? STATE + text : location.pathname + location.search); }
  }
  function changed() {
    shownLevers.forEach(function (each) { each.write(); });
    parts.reset.disabled = Object.keys(state).length === 0;
    keep();
    simulate();
  }

  // ── Levers ──

  function place(lever) {
    if (shownLevers.some(function (each) { return each.lever === lever; })) { return; }
    var id = "lever-" + shownLevers.length;
    var input = make("input", "", { type: "range", id: id, min: lever.low, max: lever.high, step: lever.step || "any" });
    var output = make("output", "", { "for": id }), more = make("div", "", { "class": "more" });
    var box = make("div", [make("label", lever.title, { "for": id, "class": "name" }), output, input,
      make("div", [make("span", people(lever.low, lever)), make("span", people(lever.high, lever))], { "class": "ends", "aria-hidden": "true" })],
      { "class": "lever", "data-name": lever.name });
    function write() {
      var known = state[lever.name], number = known && known.number !== null ? known.number : lever.value;
      input.value = number;
      output.textContent = known && known.number === null ? known.text : people(number, lever);
      input.setAttribute("aria-valuetext", output.textContent);
      box.classList.toggle("moved", Boolean(known));
    }
    function take(number) {
      if (number === lever.value && unmoved(lever)) { delete state[lever.name]; } else {
        state[lever.name] = { text: quantity(lever, number), number: number };
      }
      changed();
    }
    input.addEventListener("input", function () {
      var number = Number(input.value);
      // Between two steps lies what was written: a slider cannot stand there, but it can be gone back to.
      if (Math.abs(number - lever.value) < (lever.step || (lever.high - lever.low) / 200) / 2) { number = lever.value; }
      take(number);
    });
    if (lever.form && lever.form.moved.length) {
      var fixed = make("input", "", { type: "checkbox" });
      fixed.addEventListener("change", function () {
        lever.fixed = fixed.checked;
        take(Number(input.value));
      });
      more.append(make("label", [fixed, " " + words.fixed]));
    }
    if (!lever.declared) {
      more.append(button(words.remove, function () {
        shownLevers = shownLevers.filter(function (each) { return each.lever !== lever; });
        box.remove();
        lever.fixed = false;
        delete state[lever.name];
        changed();
      }, { "aria-label": words.remove + ": " + lever.title }));
    }
    if (more.childNodes.length) { box.append(more); }
    parts.levers.append(box);
    shownLevers.push({ lever: lever, write: write });
    write();
  }
  function find(text) {
    var wanted = text.trim();
    return levers[wanted] || data.levers.find(function (lever) { return lever.title === wanted; });
  }
  function put(name, value) {
    var lever = find(name);
    if (!lever) { throw new Error(words.unknown + " " + name); }
    place(lever);
    var number = typeof value === "number" ? value : null;
    if (number === null && String(value).trim() !== "" && isFinite(Number(value))) {
      // A number that is given as text stands for itself, also in the place of a distribution.
      state[lever.name] = { text: String(value), number: Number(value) };
    } else if (number !== null && number === lever.value && unmoved(lever)) {
      delete state[lever.name];
    } else {
      state[lever.name] = { text: number === null ? String(value) : quantity(lever, number), number: number };
    }
  }
  function read() {
    if (location.hash.indexOf(STATE) !== 0) { return false; }
    state = {};
    location.hash.slice(STATE.length).split("&").forEach(function (each) {
      var at = each.indexOf("=");
      if (at < 1) { return; }
      try { put(decodeURIComponent(each.slice(0, at)), decodeURIComponent(each.slice(at + 1))); } catch (error) { say(String(error.message), true); }
    });
    return true;
  }

  // ── The part itself ──

  function build() {
    ["levers", "goals", "headlines", "drivers"].forEach(function (name) { parts[name] = make("div", ""); });
    parts.state = make("p", words.starting, { "class": "state", role: "status" });
    parts.reset = button(words.reset, function () { window.plancast.reset(); });
    parts.reset.disabled = true;
    var list = make("datalist", data.levers.filter(function (lever) { return !lever.declared; }).map(function (lever) {
      return make("option", lever.title, { value: lever.name });
    }), { id: "live-inputs" });
    var picked = make("input", "", { type: "text", list: "live-inputs", id: "live-picked", autocomplete: "off", placeholder: words.pick });
    var pick = function () {
      var lever = find(picked.value);
      if (lever) { place(lever); picked.value = ""; } else { say(words.unknown, true); }
    };
    picked.addEventListener("keydown", function (event) { if (event.key === "Enter") { pick(); } });
    parts.fan = make("select", "", { id: "live-fan" });
    parts.fan.addEventListener("change", simulate);
    parts.picture = make("div", "", { "class": "picture" });
    parts.figure = make("div", [make("h3", words.figure), make("label", words.shown + " ", { "for": "live-fan" }), parts.fan, make("div", parts.picture)]);
    parts.command = make("code", "");
    part.replaceChildren(make("h2", words.title, { id: "live-title" }), make("p", words.about, { "class": "about" }),
      make("h3", words.levers), parts.levers,
      make("div", [make("label", words.more, { "for": "live-picked" }), picked, list, button(words.add, pick)], { "class": "pick" }),
      make("p", parts.reset), parts.state, parts.goals, parts.headlines, parts.figure, parts.drivers,
      make("h3", words.command), make("pre", parts.command));
    data.levers.filter(function (lever) { return lever.declared; }).forEach(place);
    part.hidden = false;
  }

  function promised(act) {
    return ready.then(function () {
      return new Promise(function (resolve, reject) {
        act();
        waiting.push({ resolve: resolve, reject: reject });
        changed();
      });
    });
  }

  var ready = new Promise(function (resolve) {
    if (document.readyState === "complete") { resolve(); } else { addEventListener("load", resolve); }
  }).then(function () {
    return Promise.all([unpacked("live-data").json(), engine()]);
  }).then(function (found) {
    data = found[0];
    words = data.words;
    data.levers.forEach(function (lever) { levers[lever.name] = lever; });
    build();
    var opening = { ask: "open", name: data.name, text: data.text, language: data.language, source: data.source, seed: data.seed };
    var source = document.getElementById("live-worker").textContent;
    first = new Answerer(source, found[1], opening);
    deep = new Answerer(source, found[1], opening);
    return Promise.all([first.started, deep.started]);
  }).then(function () {
    return new Promise(function (resolve, reject) {
      read();
      waiting.push({ resolve: resolve, reject: resolve });
      changed();
    });
  });
  ready.catch(function (error) {
    // The page as it was written stays; the part goes.
    part.hidden = true;
    console.warn(error);
  });
  addEventListener("hashchange", function () {
    if (!data || !first) { return; }
    // A link within the page leaves the state; a state that was pasted is taken.
    if (read()) { changed(); } else { keep(); }
  });

  window.plancast = {
    // Resolves when the first results of the engine are on the page.
    ready: ready,
    levers: function () {
      return data.levers.map(function (lever) {
        return { name: lever.name, value: state[lever.name] ? state[lever.name].number : lever.value, low: lever.low, high: lever.high, step: lever.step, title: lever.title, declared: lever.declared };
      });
    },
    // A number moves the lever there, a distribution as a whole; a text is a quantity as --set takes it.
    set: function (name, value) { return promised(function () { put(name, value); }); },
    reset: function () { return promised(function () { state = {}; data.levers.forEach(function (lever) { lever.fixed = false; }); }); },
    // What summary.json holds for the state shown; null while only a first look at it is.
    results: function () {
      if (!result || result.version !== version || !result.summary) { return null; }
      result.parsed = result.parsed || JSON.parse(new TextDecoder().decode(result.summary));
      return result.parsed;
    },
    // Its text, byte for byte.
    summary: function () {
      return result && result.version === version && result.summary ? new TextDecoder().decode(result.summary) : null;
    },
    command: function () { return result ? command(result.paths) : null; }
  };
})();
