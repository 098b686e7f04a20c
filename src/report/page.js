// Figures say their numbers when pointed at or stepped through with the arrow keys, and are saved as SVG, PNG or CSV.
// Without this script the page has all its words, tables and figures.
(function () {
  "use strict";
  var words = JSON.parse(document.getElementById("words").textContent);

  function save(name, parts, type) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type: type }));
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  // What the spots of all figures say (names, values, words), which lies in the page deflated; null where the browser
  // cannot read it.
  var told = null, numbers = window.DecompressionStream ? function () {
    told = told || new Promise(function (done) {
      var packed = atob(document.getElementById("numbers").textContent);
      var bytes = Uint8Array.from(packed, function (c) { return c.charCodeAt(0); });
      done(new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json());
    });
    return told;
  } : null;

  function source(svg, spots) {
    // What is saved carries the page's letters, so that it shows the same elsewhere.
    var copy = svg.cloneNode(true), style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    copy.querySelectorAll(".ring").forEach(function (ring) { ring.remove(); });
    copy.querySelectorAll(".spot").forEach(function (spot, place) {
      var title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = spots[place] ? spots[place][2] : "";
      spot.appendChild(title);
    });
    // What elements have in common stands in the page's style sheet: other programs look for it at each of them.
    Array.from(document.getElementById("drawn").sheet.cssRules).forEach(function (rule) {
      var selector = rule.selectorText.replace(/^\.drawn ?/, "");
      var found = selector === "" ? [copy] : Array.from(copy.querySelectorAll(selector));
      found.forEach(function (each) {
        Array.from(rule.style).forEach(function (name) {
          each.setAttribute(name, rule.style.getPropertyValue(name));
        });
      });
    });
    copy.removeAttribute("class");
    copy.querySelectorAll("[class]").forEach(function (each) { each.removeAttribute("class"); });
    style.textContent = document.getElementById("letters").textContent;
    copy.insertBefore(style, copy.firstChild);
    return new XMLSerializer().serializeToString(copy);
  }

  function png(svg, spots, name) {
    var box = svg.viewBox.baseVal, scale = 2 * Number(svg.getAttribute("width")) / box.width;
    var canvas = document.createElement("canvas"), image = new Image();
    canvas.width = box.width * scale;
    canvas.height = box.height * scale;
    image.onload = function () {
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { save(name, [blob], "image/png"); });
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source(svg, spots));
  }

  function cell(text) {
    // A number as programs read it: no separators, a plain minus.
    var plain = text.replace(/,/g, "").replace("−", "-");
    var value = plain.trim() !== "" ? Number(plain) : NaN;
    return isNaN(value) ? '"' + text.replace(/"/g, '""') + '"' : plain;
  }

  function csv(pairs) {
    var rows = pairs.map(function (pair) { return [pair[0].split("|"), pair[1].split("|")]; });
    var alike = rows.every(function (row) { return row[0].join("|") === rows[0][0].join("|"); });
    var head = alike ? [rows[0][0]] : [];
    var body = rows.map(function (row) { return alike ? row[1] : [row[0][0], row[1][0]]; });
    return "\ufeff" + head.concat(body).map(function (row) { return row.map(cell).join(","); }).join("\n") + "\n";
  }

  function button(label, name, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.setAttribute("aria-label", words.save.replace("{}", label) + " – " + name);
    made.addEventListener("click", act);
    return made;
  }

  document.querySelectorAll("figure").forEach(function (figure, place) {
    var frame = figure.querySelector(".picture"), svg = figure.querySelector("svg");
    var spots = Array.from(svg.querySelectorAll(".spot")), name = figure.dataset.name;
    var title = figure.querySelector("figcaption").textContent;
    var bar = document.createElement("div"), said = document.createElement("p"), current = -1;
    bar.className = "save";
    function known(act) {
      return function () {
        (numbers ? numbers() : Promise.resolve([])).then(function (all) { act(all[place] || []); });
      };
    }
    bar.appendChild(button("SVG", title, known(function (spots) { save(name + ".svg", [source(svg, spots)], "image/svg+xml"); })));
    bar.appendChild(button("PNG", title, known(function (spots) { png(svg, spots, name + ".png"); })));
    said.className = "said";
    figure.appendChild(said);
    figure.appendChild(bar);
    if (spots.length === 0 || !numbers) { return; }
    bar.appendChild(button("CSV", title, known(function (spots) { save(name + ".csv", [csv(spots)], "text/csv;charset=utf-8"); })));
    said.textContent = words.step;
    said.setAttribute("role", "status");

    var ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    ring.setAttribute("class", "ring");
    function show(place) {
      current = place;
      var spot = spots[place];
      if (!ring.parentNode) { svg.appendChild(ring); }
      ring.setAttribute("cx", spot.getAttribute("cx"));
      ring.setAttribute("cy", spot.getAttribute("cy"));
      known(function (all) { if (current === place) { said.textContent = all[place][2]; } })();
    }
    function hide() {
      if (ring.parentNode) { svg.removeChild(ring); }
      said.textContent = words.step;
      current = -1;
    }
    // The nearest spot; across counts for more than down, so that a year answers wherever it is pointed at.
    svg.addEventListener("mousemove", function (event) {
      var point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      var best = -1, least = Infinity;
      spots.forEach(function (spot, place) {
        var dx = Number(spot.getAttribute("cx")) - point.x, dy = Number(spot.getAttribute("cy")) - point.y;
        var distance = 4 * dx * dx + dy * dy;
        if (least > distance) { least = distance; best = place; }
      });
      if (best !== current) { show(best); }
    });
    svg.addEventListener("mouseleave", hide);
    frame.addEventListener("blur", hide);
    frame.addEventListener("focus", function () { show(0); });
    frame.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      var place = event.key === "Home" ? 0 : event.key === "End" ? spots.length - 1 : current + step;
      if (isNaN(place)) { return; }
      event.preventDefault();
      show(Math.max(0, Math.min(spots.length - 1, place)));
    });
  });

  // What is folded is printed too.
  var folded = [];
  addEventListener("beforeprint", function () {
    folded = Array.from(document.querySelectorAll("details:not([open])"));
    folded.forEach(function (each) { each.open = true; });
  });
  addEventListener("afterprint", function () { folded.forEach(function (each) { each.open = false; }); });
})();
