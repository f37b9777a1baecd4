/* What the pages do beyond HTML: messages of buttons, plots of supersteps, logs that follow. No framework, no build step. */
(function () {
  "use strict";

  // ---- buttons: what the server says of them is shown, and the page is read again

  const notice = document.getElementById("notice");

  document.body.addEventListener("htmx:beforeRequest", function (event) {
    // nobody looks, or somebody is selecting text: a page that is read again would take the selection away
    const polled = event.detail.requestConfig.verb === "get";
    if (polled && (document.hidden || String(window.getSelection()) !== "")) {
      event.preventDefault();
    }
  });

  document.body.addEventListener("htmx:afterRequest", function (event) {
    const detail = event.detail;
    if (detail.requestConfig.verb === "get") {
      return;
    }
    if (detail.successful) {
      notice.textContent = "";
      if (detail.elt.dataset.then) {
        window.location.assign(detail.elt.dataset.then);
      } else {
        window.htmx.trigger("#live", "refresh");
      }
      return;
    }
    notice.textContent = refusal(detail.xhr.responseText) || "The master does not answer.";
  });

  function refusal(text) {
    try {
      return JSON.parse(text).message;
    } catch (notJson) {
      return text;
    }
  }

  // ---- what is shared

  /** Whether what the page shows may still change: the region that is read again tells when it has ended. */
  function isLive() {
    const live = document.getElementById("live");
    return live !== null && live.hasAttribute("hx-get");
  }

  /** What `body` makes of the answer; null if there is none, or it broke off. */
  async function read(url, body) {
    try {
      const answer = await fetch(url);
      return answer.ok ? await body(answer) : null;
    } catch (gone) {
      return null;
    }
  }

  // ---- plots

  const POLL_MS = 2000;
  const PLOT_HEIGHT = 200;
  const TABLE_ROWS = 20;
  const WHOLE = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11].flatMap((n) => [n, 2 * n, 5 * n]);

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function short(value) {
    const units = ["", "k", "M", "G", "T", "P"];
    let unit = 0;
    let rest = Math.abs(value);
    while (rest >= 1000 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    return (value < 0 ? "-" : "") + (rest >= 100 || rest === Math.round(rest) ? Math.round(rest) : rest.toFixed(rest < 1 ? 3 : 1))
      + units[unit];
  }

  /** @param whole whether only whole numbers make sense */
  function axis(scale, side, whole) {
    return {
      incrs: whole ? WHOLE : undefined,
      scale: scale, side: side, size: 52, stroke: colour("soft"), grid: { stroke: colour("grid"), width: 1, show: side !== 1 },
      ticks: { stroke: colour("grid"), width: 1 }, values: (plot, ticks) => ticks.map(short),
    };
  }

  function line(label, scale, name, filled) {
    const stroke = colour(name);
    return {
      label: label, scale: scale, stroke: stroke, width: 1.5, fill: filled ? colour(name + "-fill") : undefined,
      points: { show: (plot, series, from, to) => to - from < 2 }, value: (plot, value) => (value == null ? "–" : short(value)),
    };
  }

  /** Before superstep 0 records are dealt out by key. */
  function superstepLabel(superstep) {
    return superstep < 0 ? superstep + " (dealing)" : superstep;
  }

  /** Of a superstep that was computed again after a roll-back, the last time counts. */
  function newest(steps) {
    const rows = new Map();
    steps.forEach((step) => rows.set(step.superstep, step));
    return Array.from(rows.values()).sort((a, b) => a.superstep - b.superstep);
  }

  const KINDS = {
    time: {
      series: () => [line("barrier ends, ms", "ms", "two", true), line("compute, ms", "ms", "one", true)],
      axes: () => [axis("ms", 3)],
      data: (steps) => [steps.map((s) => s.compute_ms + s.barrier_ms), steps.map((s) => s.compute_ms)],
    },
    messages: {
      series: () => [line("messages", "n", "one", true), line("bytes", "b", "two", false)],
      axes: () => [axis("n", 3, true), axis("b", 1, true)],
      data: (steps) => [steps.map((s) => s.messages), steps.map((s) => s.bytes)],
    },
    skew: {
      series: () => [line("skew", "skew", "one", false), line("active vertices", "v", "two", false)],
      axes: () => [axis("skew", 3), axis("v", 1, true)],
      data: (steps) => [steps.map((s) => s.skew), steps.map((s) => s.active_vertices)],
    },
  };

  function newPlot(place, data) {
    const kind = KINDS[place.dataset.plot];
    // what is not known of a job, such as active vertices where there are none, has neither line nor axis
    const series = kind.series().map((one, i) => Object.assign(one, { show: data[i + 1].some((value) => value != null) }));
    const axes = kind.axes().map((one) => Object.assign(one, { show: series.some((s) => s.show && s.scale === one.scale) }));
    const fromZero = { range: (plot, low, high) => [0, high == null || high <= 0 ? 1 : high * 1.05] };
    const scales = { x: { time: false } };
    series.forEach((one) => { scales[one.scale] = fromZero; });
    return new window.uPlot({
      width: place.clientWidth, height: PLOT_HEIGHT, scales: scales,
      series: [{ label: "superstep" }].concat(series),
      axes: [axis("x", 2, true)].concat(axes), cursor: { drag: { x: true, y: false } },
    }, data, place);
  }

  function timeline(section) {
    const places = Array.from(section.querySelectorAll("[data-plot]"));
    const rows = section.querySelector("details tbody");
    const empty = section.querySelector(".empty");
    let plots = [];

    function draw(steps) {
      empty.hidden = steps.length > 0;
      if (steps.length === 0) {
        return;
      }
      const x = steps.map((step) => step.superstep);
      places.forEach((place, i) => {
        const data = [x].concat(KINDS[place.dataset.plot].data(steps));
        if (plots[i]) {
          plots[i].setData(data);
        } else {
          plots[i] = newPlot(place, data);
        }
      });
    }

    function list(steps) {
      rows.replaceChildren(...steps.slice(-TABLE_ROWS).reverse().map((step) => {
        const row = document.createElement("tr");
        [["Superstep", superstepLabel(step.superstep)], ["Generation", step.generation], ["Compute", step.compute_ms + " ms"],
          ["Barrier", step.barrier_ms + " ms"], ["Messages", step.messages], ["Bytes", step.bytes],
          ["Spilled", step.spilled_bytes], ["Active", step.active_vertices], ["Slowest task", step.slowest_task],
          ["Skew", step.skew]].forEach((fact) => {
          const cell = document.createElement("td");
          cell.className = "number";
          cell.dataset.label = fact[0];
          cell.textContent = fact[1] == null ? "–" : fact[1].toLocaleString === undefined ? fact[1] : fact[1].toLocaleString("en");
          row.append(cell);
        });
        return row;
      }));
    }

    async function poll() {
      if (!document.hidden) {
        const steps = await read(section.dataset.url, (answer) => answer.json());
        if (steps !== null) {
          draw(newest(steps));
          list(steps);
        }
      }
      // what came in its last moments is fetched once more
      if (isLive()) {
        setTimeout(poll, POLL_MS);
      } else if (!section.dataset.ended) {
        section.dataset.ended = "true";
        setTimeout(poll, POLL_MS);
      }
    }

    new ResizeObserver(() => {
      plots.forEach((plot, i) => plot.setSize({ width: places[i].clientWidth, height: PLOT_HEIGHT }));
    }).observe(section);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      const data = plots.map((plot) => plot.data);
      plots.forEach((plot) => plot.destroy());
      plots = places.map((place, i) => (data[i] ? newPlot(place, data[i]) : undefined));
    });
    poll();
  }

  document.querySelectorAll("#timeline").forEach(timeline);

  // ---- logs

  const LOG_BYTES = 256 * 1024;
  const LOG_KEPT = 4 * 1024 * 1024;
  const LOG_POLL_MS = 1000;

  function logs(section) {
    const text = section.querySelector("pre");
    const follow = section.querySelector("[name=follow]");
    const place = section.querySelector(".place");
    let decoder;
    let offset;
    let reading = 0;
    let wasLive = true;

    function url(from) {
      const stream = section.querySelector("[name=stream]:checked").value;
      return section.dataset.url + "?stream=" + stream + "&offset=" + from + "&length=" + LOG_BYTES;
    }

    async function fetchPiece(turn, from) {
      const answer = await fetch(url(from)).catch(() => null);
      const bytes = answer === null || !answer.ok ? null : await answer.arrayBuffer().catch(() => null);
      if (turn !== reading) {
        return;
      }
      if (bytes === null) {
        place.textContent = answer === null || answer.ok ? "The master does not answer." : refusal(await answer.text());
        setTimeout(again, LOG_POLL_MS, turn);
        return;
      }
      const size = Number(answer.headers.get("X-Log-Size"));
      const begins = Number(answer.headers.get("X-Log-Offset"));
      offset = begins + bytes.byteLength;
      if (bytes.byteLength > 0) {
        text.append(decoder.decode(bytes, { stream: true }));
        if (text.textContent.length > LOG_KEPT) {
          text.textContent = text.textContent.slice(-LOG_KEPT / 2);
        }
        if (follow.checked) {
          text.scrollTop = text.scrollHeight;
        }
      }
      place.textContent = size === 0 ? "Nothing was written." : offset.toLocaleString("en") + " of " + size.toLocaleString("en") + " bytes";
      // an attempt that has ended writes no more; what came in its last moments is fetched once more
      const whole = offset >= size && !wasLive;
      wasLive = isLive();
      if (!whole) {
        setTimeout(again, offset < size ? 0 : LOG_POLL_MS, turn);
      }
    }

    function again(turn) {
      if (turn !== reading) {
        return;
      }
      if (follow.checked && !document.hidden) {
        fetchPiece(turn, offset === undefined ? -LOG_BYTES : offset);
      } else {
        setTimeout(again, LOG_POLL_MS, turn);
      }
    }

    function begin() {
      reading++;
      offset = undefined;
      decoder = new TextDecoder();
      text.textContent = "";
      wasLive = true;
      fetchPiece(reading, -LOG_BYTES);
    }

    section.querySelectorAll("[name=stream]").forEach((choice) => choice.addEventListener("change", begin));
    begin();
  }

  document.querySelectorAll("#log").forEach(logs);

  // ---- stacks of threads

  // the button is in the region that is read again, so its clicks are heard where they arrive
  document.body.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-threads]");
    if (button === null) {
      return;
    }
    const text = document.getElementById("threads");
    const answer = await fetch(button.dataset.threads).catch(() => null);
    const body = answer === null ? "The master does not answer." : await answer.text();
    text.textContent = answer !== null && answer.ok ? body : refusal(body);
    text.hidden = false;
  });
})();
