/* The page of a report: the map through time, charts, and what can be saved. Texts of a scenario are
 * only ever set as text. */
(() => {
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const find = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const make = (name, more = {}, text) => {
  const element = Object.assign(document.createElement(name), more);
  if (text !== undefined) element.textContent = text;
  return element;
};

// ---- numbers and time ----

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE = Object.fromEntries([...DIGITS].map((digit, i) => [digit, i]));

// See stp_packer: differences in base 64; a 0 is followed by how many more there are.
function unpack(text, count, factor) {
  const out = new Float64Array(count);
  let at = 0, i = 0, last = 0;
  const next = () => {
    let n = 0, weight = 1, digit;
    do {
      digit = VALUE[text[at++]];
      n += (digit & 31) * weight;
      weight *= 32;
    } while (digit & 32);
    return n;
  };
  while (i < count && at < text.length) {
    const n = next();
    let times = 1;
    if (n === 0) times += next();
    else last += n % 2 ? -(n - 1) / 2 : n / 2;
    while (times-- > 0 && i < count) out[i++] = last * factor;
  }
  return out;
}

const pointsOf = stride => Math.ceil(data.steps / stride);
const stepOf = (point, stride) => Math.min((point + 1) * stride, data.steps);

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
  'September', 'October', 'November', 'December'];
const two = n => String(n).padStart(2, '0');
const dateOf = step => new Date((data.start + step * data.stepMinutes) * 60000);
const clock = d => `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
const shortDay = d => `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()].slice(0, 3)}`;
function moment(step) {
  if (data.start === null) return `step ${grouped.format(step)}`;
  const d = dateOf(step);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}, ${clock(d)}`;
}
const stamp = step => data.start === null ? '' : dateOf(step).toISOString().slice(0, 16);
const grouped = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const brief = new Intl.NumberFormat('en', {notation: 'compact'});
const rate = new Intl.NumberFormat('en', {maximumSignificantDigits: 2});

// ---- saving ----

function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  const link = make('a', {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
const fileName = (name, ending) =>
  `${data.stem}-seed${data.seed}-${name}.${ending}`.replace(/[^\w.-]+/g, '-');

function csvField(value) {
  const text = String(value);
  if (/^-?[\d.]*$/.test(text)) return text;
  return `"${(/^[=+\-@\t\r]/.test(text) ? "'" : '') + text.replace(/"/g, '""')}"`;
}
const csv = rows => rows.map(row => row.map(csvField).join(',')).join('\n') + '\n';

// The rows of a table, and of all tables in an element; numbers in full, not as shown.
const rowsIn = table =>
  all('tr', table).map(row => [...row.cells].map(cell => cell.dataset.value ?? cell.textContent));
const rowsOf = place => all('table', place).flatMap(rowsIn);

// A picture as a file of its own: colours as on paper, whatever the page wears.
function standalone(svg, caption) {
  const copy = svg.cloneNode(true), box = svg.viewBox.baseVal, foot = caption ? 34 : 0;
  for (const shape of all('[class]', copy)) {
    const found = /^c(\d)$/.exec(shape.getAttribute('class'));
    if (found) shape.setAttribute('fill', data.colours[+found[1]]);
  }
  copy.setAttribute('viewBox', `0 0 ${box.width} ${box.height + foot}`);
  copy.setAttribute('width', box.width);
  copy.setAttribute('height', box.height + foot);
  if (caption) {
    const text = document.createElementNS(svg.namespaceURI, 'text');
    text.setAttribute('x', 12);
    text.setAttribute('y', box.height + 20);
    text.setAttribute('font-size', 12.5);
    text.textContent = caption;
    copy.append(text);
  }
  return copy;
}
const written = svg => new XMLSerializer().serializeToString(svg);

function savePng(svg, name) {
  const image = new Image();
  image.onload = () => {
    const canvas = make('canvas', {width: 2 * image.width, height: 2 * image.height});
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => blob && save(name, 'image/png', blob), 'image/png');
  };
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(written(svg));
}

function addButton(figure, label, what, act) {
  const b = make('button', {type: 'button', onclick: act}, label);
  b.setAttribute('aria-label', `${what} as ${label}`);
  find('.tools', figure).append(b);
}
// of: what the numbers are of, where a figure has two kinds.
function addCsv(figure, rows, of) {
  addButton(figure, of ? `CSV of ${of}` : 'CSV', 'Save the numbers', () =>
    save(fileName(figure.dataset.name + (of ? '-' + of : ''), 'csv'), 'text/csv', csv(rows())));
}
function addTools(figure, picture, rows, of) {
  const name = figure.dataset.name;
  find('figcaption', figure).after(make('div', {className: 'tools'}));
  addButton(figure, 'SVG', 'Save the picture', () =>
    save(fileName(name, 'svg'), 'image/svg+xml', written(picture())));
  addButton(figure, 'PNG', 'Save the picture', () => savePng(picture(), fileName(name, 'png')));
  if (rows) addCsv(figure, rows, of);
}

// ---- the map ----

function startMap(figure, onTime) {
  const land = find('.land', figure), svg = find('svg', land), tip = find('.tip', land);
  const points = pointsOf(data.mapStride);
  const measures = data.map.map(m =>
    ({...m, values: m.values.map((text, i) => {
      const most = m.bounded ? data.districts[i][2] : Infinity; // no more than live there
      return unpack(text, points, data.scale).map(v => Math.min(v, most));
    })}));
  const shapes = all('[data-district],[data-unit]', svg).map(shape => {
    const unit = shape.dataset.unit, own = shape.dataset.district;
    const members = own !== undefined ? [+own]
      : data.districts.map((d, i) => i).filter(i => data.districts[i][1] === +unit && +unit >= 0);
    const residents = members.reduce((sum, i) => sum + data.districts[i][2], 0);
    return {shape, members, residents,
      name: own !== undefined ? data.districts[+own][0] : data.units[+unit] ?? ''};
  });
  const slider = find('.time', figure), play = find('.play', figure), happening = find('.happening', figure);
  let measure = measures[0], point = 0, playing = 0;
  const total = new Float64Array(points);
  for (const values of measures[0].values) values.forEach((v, i) => { total[i] += v; });

  const classOf = (value, residents) => {
    if (!(value > 0) || !(residents > 0)) return 0;
    const share = value / residents * 1e5;
    return 1 + measure.cuts.filter(cut => share > cut).length;
  };
  const valueOf = s => s.members.reduce((sum, i) => sum + measure.values[i][point], 0);
  const words = {0: n => `${n} people in the street`, 1: n => `${n} arrests so far`, 2: n => `${n} deaths so far`};

  function showEvents(step) {
    const day = 1440 / data.stepMinutes;
    const recent = data.events.filter(([at]) => at < step && at >= step - day).slice(-3).reverse();
    happening?.replaceChildren(...recent.map(([at, title]) => {
      const line = make('div');
      line.append(make('time', {}, moment(at)), ' ' + title);
      return line;
    }));
  }
  function show() {
    const step = stepOf(point, data.mapStride);
    let sum = 0;
    for (const values of measure.values) sum += values[point];
    for (const s of shapes) s.shape.setAttribute('class', 'c' + classOf(valueOf(s), s.residents));
    find('.when', figure).textContent = moment(step);
    find('.count', figure).textContent = words[measure.measure](grouped.format(sum));
    slider.value = point;
    slider.setAttribute('aria-valuetext', `${moment(step)}: ${words[measure.measure](grouped.format(sum))}`);
    showEvents(step);
    onTime(step);
  }
  function go(to) {
    point = Math.max(0, Math.min(points - 1, to));
    show();
  }
  function stop() {
    cancelAnimationFrame(playing);
    playing = 0;
    play.classList.remove('on');
    play.setAttribute('aria-label', 'Play');
  }
  function start() {
    let from = point >= points - 1 ? 0 : point, began;
    const speed = points / 30;
    const frame = now => {
      began ??= now;
      go(Math.floor(from + (now - began) / 1000 * speed));
      if (point >= points - 1) stop();
      else playing = requestAnimationFrame(frame);
    };
    play.classList.add('on');
    play.setAttribute('aria-label', 'Pause');
    playing = requestAnimationFrame(frame);
  }

  slider.max = points - 1;
  slider.oninput = () => { stop(); go(+slider.value); };
  play.onclick = () => playing ? stop() : start();
  for (const input of all('.measures input', figure))
    input.onchange = () => {
      measure = measures.find(m => m.measure === +input.value);
      for (const key of all('.key', figure)) key.hidden = key.dataset.measure !== input.value;
      show();
    };

  const pulse = find('.pulse', figure), most = total.reduce((a, b) => Math.max(a, b), 1);
  const width = Math.min(points, 600);
  let d = 'M0 40';
  for (let i = 0; i < width; i++) {
    let high = 0;
    for (let k = Math.floor(i * points / width); k < Math.max(Math.floor((i + 1) * points / width), Math.floor(i * points / width) + 1); k++)
      high = Math.max(high, total[k]);
    d += `L${(i / Math.max(1, width - 1) * 600).toFixed(1)} ${(40 - 38 * high / most).toFixed(1)}`;
  }
  const path = document.createElementNS(svg.namespaceURI, 'path');
  path.setAttribute('d', d + 'L600 40z');
  pulse.append(path);
  const ticks = find('.ticks', figure);
  let drawn = -1;
  for (const place of data.events.map(([at]) => 100 * at / data.steps)) {
    if (place < drawn + 1) continue; // one tick for events close together
    const tick = make('i');
    tick.style.left = `${place}%`;
    ticks.append(tick);
    drawn = place;
  }

  function point_at(event) {
    const s = shapes.find(s => s.shape === event.target);
    tip.hidden = !s || !s.residents;
    if (tip.hidden) return;
    const value = valueOf(s), box = land.getBoundingClientRect();
    tip.replaceChildren(make('b', {}, s.name),
      `${words[measure.measure](grouped.format(value))}, ${rate.format(value / s.residents * 1e5)} per 100,000 of ${grouped.format(s.residents)} residents`);
    tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 14, box.width - 240))}px`;
    tip.style.top = `${event.clientY - box.top + 16}px`;
  }
  svg.addEventListener('pointermove', point_at);
  svg.addEventListener('pointerdown', point_at);
  svg.addEventListener('pointerleave', () => { tip.hidden = true; });

  find('.controls', figure).hidden = false;
  const source = find('figcaption', figure).textContent;
  addTools(figure, () => standalone(svg, `${find('.when', figure).textContent}: ` +
      `${find('.count', figure).textContent}. ${/Source:.*$/.exec(source)?.[0] ?? ''}`),
    () => [['time', 'step', ...data.districts.map(d => d[0])],
      ...Array.from({length: points}, (_, i) => [stamp(stepOf(i, data.mapStride)), stepOf(i, data.mapStride),
        ...measure.values.map(v => v[i])])]);
  go(Math.max(0, Math.ceil(data.peak / data.mapStride) - 1));
  return step => { stop(); go(Math.round(step / data.mapStride) - 1); };
}

// The small pictures of a section, saved as one.
function startSpread(figure) {
  const shapes = find('.country defs');
  addTools(figure, () => {
    const panels = all('.panel', figure), columns = 4;
    const box = find('svg', panels[0]).viewBox.baseVal, unit = box.width / 1000, down = box.height + 110 * unit;
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const add = (name, more, text) => {
      const element = document.createElementNS(svg.namespaceURI, name);
      for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
      if (text) element.textContent = text;
      svg.append(element);
      return element;
    };
    const across = box.width * columns, high = down * Math.ceil(panels.length / columns);
    for (const [key, value] of Object.entries({viewBox: `0 0 ${across} ${high}`, width: 250 * columns,
      height: 250 * columns * high / across, 'font-family': 'Helvetica,Arial,sans-serif'})) svg.setAttribute(key, value);
    add('rect', {width: '100%', height: '100%', fill: '#fff'});
    if (shapes) svg.append(shapes.cloneNode(true));
    panels.forEach((panel, i) => {
      const x = i % columns * box.width, y = Math.floor(i / columns) * down;
      add('text', {x: x + 30 * unit, y: y + 62 * unit, 'font-size': 52 * unit}, `${find('b', panel).textContent}: ${find('span', panel).textContent}`);
      const copy = standalone(find('svg', panel));
      for (const [key, value] of Object.entries({x, y: y + 84 * unit, width: box.width, height: box.height})) copy.setAttribute(key, value);
      svg.append(copy);
    });
    return svg;
  }, find('table', figure) ? () => rowsOf(figure) : undefined);
}

// ---- charts ----

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// What stands at the points of a chart: a step of a run, or a day of an ensemble.
function stepsOf(chart) {
  if (chart.shift === undefined)
    return Array.from({length: pointsOf(data.chartStride)}, (_, i) => stepOf(i, data.chartStride));
  return Array.from({length: data.days},
    (_, day) => Math.min(data.steps, (day + chart.shift) * 1440 / data.stepMinutes));
}
function dayOf(day) {
  const first = day * 1440 / data.stepMinutes, last = (day + 1) * 1440 / data.stepMinutes;
  return data.start === null ? `steps ${Math.floor(first) + 1}–${Math.min(data.steps, Math.floor(last))}`
    : moment(first).split(',')[0];
}

function chartRows(chart, steps, values) {
  const numbers = i => values.map(v => v[i] ?? '');
  if (chart.shift === undefined)
    return [['time', 'step', ...chart.labels], ...steps.map((step, i) => [stamp(step), step, ...numbers(i)])];
  return [['day', 'date', 'q05', 'q25', 'q50', 'q75', 'q95'], ...steps.map((_, i) =>
    [i + 1, stamp(i * 1440 / data.stepMinutes).slice(0, 10), ...numbers(i)])];
}

const DASHES = [undefined, [6, 3], [2, 2], [9, 3, 2, 3], [12, 3], [4, 2, 1, 2, 1, 2], [1, 3], undefined];

function startCharts(setTime) {
  const plots = [];
  const xOf = step => data.start === null ? step : (data.start + step * data.stepMinutes) * 60;
  let now = 0, busy = false;

  // Events whose numbers would collide share a mark; places are pixels of the chart.
  function groupsOf(u) {
    const groups = [], width = u.bbox.width / devicePixelRatio;
    data.events.forEach(([at], i) => {
      const place = u.valToPos(xOf(at), 'x'), last = groups.at(-1);
      if (place < -1 || place > width + 1) return;
      if (last && place < (last.from + last.to) / 2 + 36)
        Object.assign(last, {to: place, last: i});
      else
        groups.push({from: place, to: place, first: i, last: i});
    });
    return groups;
  }
  const nameOf = g => g.last > g.first ? `${g.first + 1}–${g.last + 1}` : String(g.first + 1);

  function marks(u) {
    const {ctx} = u, {left, top, width, height} = u.bbox, ratio = devicePixelRatio;
    ctx.save();
    ctx.font = `${10 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = 'center';
    ctx.strokeStyle = css('--mark');
    for (const g of groupsOf(u)) {
      const from = left + g.from * ratio, to = left + g.to * ratio;
      ctx.lineWidth = ratio;
      ctx.setLineDash([2 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(from, top);
      ctx.lineTo(from, top + height);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.lineWidth = 4 * ratio;
      ctx.beginPath();
      ctx.moveTo(from - ratio, top);
      ctx.lineTo(to + ratio, top);
      ctx.stroke();
      ctx.fillStyle = css('--warm');
      ctx.fillText(nameOf(g), (from + to) / 2, top - 5 * ratio);
    }
    const px = u.valToPos(xOf(now), 'x', true);
    if (now > 0 && px >= left && px <= left + width) {
      ctx.strokeStyle = css('--accent');
      ctx.setLineDash([]);
      ctx.lineWidth = 1.5 * ratio;
      ctx.beginPath();
      ctx.moveTo(px, top);
      ctx.lineTo(px, top + height);
      ctx.stroke();
    }
    ctx.restore();
  }

  // What happened where the pointer is.
  function tellEvents(u, tip, x) {
    const near = data.events.map(([at, title], i) => [u.valToPos(xOf(at), 'x'), `${i + 1} ${title}`])
      .filter(([place]) => Math.abs(place - x) < 5).map(([, words]) => words);
    tip.hidden = !near.length;
    if (near.length > 4) near.splice(3, Infinity, `and ${near.length - 3} more: zoom in, or see the list`);
    tip.replaceChildren(...near.map(words => make('div', {}, words)));
    const width = u.bbox.width / devicePixelRatio;
    tip.style.left = `${x < width / 2 ? x + 12 : Math.max(0, x - 252)}px`;
    tip.style.top = '8px';
  }

  function link(u, key) {
    if (key !== 'x' || busy) return;
    busy = true;
    for (const other of plots)
      if (other !== u) other.setScale('x', {min: u.scales.x.min, max: u.scales.x.max});
    busy = false;
  }

  function timeLabels(u, splits, axis, space, increment) {
    if (data.start === null) return splits.map((s, i) => i ? grouped.format(s) : `step ${grouped.format(s)}`);
    return splits.map(s => {
      const d = new Date(s * 1000);
      return increment >= 86400 || clock(d) === '00:00' ? shortDay(d) : clock(d);
    });
  }

  // Shares stay within 0 and 1; a constant is shown on the whole of that.
  function rangeOf(chart, low, high) {
    if (chart.is === 'count' || chart.is === 'amount')
      return [0, Math.max(high ?? 1, chart.is === 'count' ? 1 : 1e-4) * 1.06];
    if (chart.is === 'share' || low == null || high - low < 1e-4) return [0, 1];
    return [Math.max(0, low - (high - low) * 0.1), Math.min(1, high + (high - low) * 0.1)];
  }

  // What a legend says of a curve while nobody points at the chart.
  function summary(chart, values, number) {
    const known = values.filter(v => v != null);
    if (!known.length) return '';
    return chart.is === 'count' || chart.is === 'amount' ? `highest ${number(known.reduce((a, b) => Math.max(a, b)))}`
      : `${number(known.at(-1))} at the end`;
  }

  // The time series of a run; or the median of many, within the bands of half and nine in ten of them.
  function curvesOf(chart, values, number) {
    if (chart.shift === undefined)
      return {series: chart.labels.map((label, i) => ({label, width: 1.6, points: {show: false},
        stroke: () => css('--curve' + i), dash: DASHES[i],
        value: (u, v, s, at) => at == null ? summary(chart, values[i], number) : number(v)})), values};
    const edge = {width: 0, points: {show: false}};
    const between = (low, high) => (u, v, s, i) =>
      i == null ? '' : values[low][i] == null ? '–' : `${number(values[low][i])} to ${number(values[high][i])}`;
    const band = (top, foot, part) =>
      ({series: [top, foot], fill: () => css('--curve0') + part});
    return {
      series: [
        {label: 'median', width: 1.8, points: {show: false}, stroke: () => css('--curve0'),
          value: (u, v, s, i) => i == null ? '' : number(v)},
        {...edge, label: 'half of the runs', class: 'half', value: between(1, 3)}, {...edge, class: 'edge'},
        {...edge, label: 'nine in ten', class: 'nine', value: between(0, 4)}, {...edge, class: 'edge'}],
      values: [2, 3, 1, 4, 0].map(k => values[k]),
      bands: [band(4, 5, '2e'), band(2, 3, '54')]};
  }

  // The day that the pointer is in, wherever in it a chart has its value.
  function dayAt(u, series, closest, x) {
    const day = Math.floor((x - xOf(0)) / (xOf(1440 / data.stepMinutes) - xOf(0)));
    return Math.max(0, Math.min(data.days - 1, day));
  }

  function draw(figure, chart, steps, values) {
    const plot = find('.plot', figure), many = chart.shift !== undefined;
    const number = v => v == null ? '–' : chart.is === 'count' ? grouped.format(v)
      : chart.is === 'amount' ? String(+v.toPrecision(4)) : v.toFixed(3);
    const curves = curvesOf(chart, values, number);
    const axis = {stroke: () => css('--pale'), font: '12px system-ui, sans-serif',
      grid: {stroke: () => css('--grid'), width: 1}, ticks: {show: false}};
    const options = {
      width: Math.max(260, plot.parentElement.clientWidth), height: 248, padding: [18, 24, 0, 0],
      tzDate: ts => new Date(ts * 1000 + new Date(ts * 1000).getTimezoneOffset() * 60000),
      scales: {x: {time: data.start !== null},
        y: {range: (u, low, high) => rangeOf(chart, low, high)}},
      axes: [{...axis, values: timeLabels, space: 56, size: 30}, {...axis, size: 62,
        values: (u, splits) => splits.map(s => s >= 1e6 ? brief.format(s) : chart.is === 'count' ? grouped.format(s) : String(+s.toFixed(4)))}],
      series: [{label: many ? 'Day' : 'Time',
        value: (u, v, s, i) => i == null ? '' : many ? dayOf(i) : moment(steps[i])}, ...curves.series],
      bands: curves.bands,
      cursor: {drag: {x: true, y: false}, y: false, ...(many && {dataIdx: dayAt}),
        sync: {key: 'steppe', filters: {pub: type => type === 'mousemove' || type === 'mouseleave'}}},
      hooks: {draw: [marks], setScale: [link],
        setCursor: [u => u.root.classList.toggle('idle', u.cursor.idx == null || u.cursor.left < 0)]},
    };
    plot.hidden = false;
    plot.setAttribute('role', 'img');
    plot.setAttribute('aria-label', `${chart.title}, ${chart.unit}; the numbers are in the table below`);
    const u = new uPlot(options, [steps.map(xOf), ...curves.values], plot);
    u.root.classList.add('idle');
    if (many) u.setScale('x', {min: xOf(0), max: xOf(data.steps)}); // events lie before the first value
    const tip = make('div', {className: 'tip', hidden: true});
    u.over.append(tip);
    u.over.addEventListener('mousemove', event => tellEvents(u, tip, event.offsetX));
    u.over.addEventListener('mouseleave', () => { tip.hidden = true; });
    u.over.addEventListener('click', () => {
      const i = u.cursor.idx;
      if (setTime && i != null && !(u.select.width > 0)) setTime(steps[i]);
    });
    new ResizeObserver(() => u.setSize({width: Math.max(260, figure.clientWidth), height: 248})).observe(figure);
    find('.still', figure).hidden = true;
    plots.push(u);
  }

  for (const figure of all('.chart')) {
    const chart = data.charts[+figure.dataset.chart], steps = stepsOf(chart);
    const values = chart.values.map(text => Array.from(unpack(text, steps.length, 1),
      v => v < 0 ? null : v / chart.parts));
    addTools(figure, () => standalone(find('.still svg', figure)), () => chartRows(chart, steps, values));
    if (typeof uPlot === 'function') draw(figure, chart, steps, values);
  }
  if (plots.length) for (const note of all('.interactive')) note.hidden = false;
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.forEach(u => u.redraw(false)));
  return step => {
    now = step;
    for (const u of plots) u.redraw(false);
  };
}

// ---- all of it ----

let timeCharts = () => {}, setTime = null;
const map = find('.map');
if (map) setTime = startMap(map, step => timeCharts(step));
for (const figure of all('.spread')) startSpread(figure);
timeCharts = startCharts(setTime);
if (map) timeCharts(data.peak);
for (const figure of all('.network')) {
  const [persons, ties] = all('table', figure);
  addTools(figure, () => standalone(find('svg', figure)), () => rowsIn(persons), 'persons');
  addCsv(figure, () => rowsIn(ties), 'ties');
}
for (const figure of all('.asked')) {
  const place = figure.closest('.answer') ?? figure;
  addTools(figure, () => standalone(find('svg', figure)), find('table', place) ? () => rowsOf(place) : undefined);
}
for (const button of all('.save-scenario')) {
  button.hidden = false;
  button.onclick = () => save('again.yaml', 'text/yaml', data.scenario);
}
document.documentElement.dataset.ready = 'true';
})();
