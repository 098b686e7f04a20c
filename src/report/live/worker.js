// Holds the engine: answers the page's questions one by one. The page keeps its own thread for the hand.
(function () {
  "use strict";
  var module = null, opening = null, engine = null;

  function start() {
    // The engine needs nothing from outside; what its libraries name for a host is never called.
    var imports = {};
    WebAssembly.Module.imports(module).forEach(function (one) {
      imports[one.module] = imports[one.module] || {};
      imports[one.module][one.name] = function () { throw new Error(one.name); };
    });
    return WebAssembly.instantiate(module, imports).then(function (instance) {
      engine = instance.exports;
      return asked(opening);
    });
  }

  function asked(question) {
    var bytes = new TextEncoder().encode(JSON.stringify(question)), at = engine.input(bytes.length);
    new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
    var length = engine.ask();
    return new Uint8Array(engine.memory.buffer, engine.output(), length).slice();
  }

  function answer(message) {
    var began = performance.now(), view = JSON.parse(new TextDecoder().decode(asked(message.question))), summary = null;
    if (!view.error && message.summary) { summary = asked({ ask: "summary" }); }
    var answer = { id: message.id, view: view, summary: summary, milliseconds: performance.now() - began };
    postMessage(answer, summary ? [summary.buffer] : []);
  }

  onmessage = function (event) {
    var message = event.data;
    if (message.module) {
      module = message.module;
      opening = message.opening;
    }
    (engine ? Promise.resolve() : start()).then(function () {
      if (message.module) {
        postMessage({ id: message.id, view: {} });
      } else {
        answer(message);
      }
    }).catch(function (error) {
      // What stopped halfway is not asked again: the next question starts a new engine.
      engine = null;
      postMessage({ id: message.id, view: { error: String(error) } });
    });
  };
})();
