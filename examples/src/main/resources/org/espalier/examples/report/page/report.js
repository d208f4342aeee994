'use strict';
(() => {
  const options = JSON.parse(document.getElementById('charts').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const group = number => Math.round(number).toLocaleString('en');
  const short = number => number === 0 ? '0' : String(Number(Number(number).toPrecision(3)));
  const escape = text => String(text).replace(/[&<>"']/g, c => '&#' + c.charCodeAt(0) + ';');

  /* Ways to write numbers. A missing one is a dash. */
  const known = format => number => number === null || number === undefined || Number.isNaN(number) ? '–' : format(Number(number));
  const formats = {
    number: known(short),
    count: known(group),
    percent: known(number => short(100 * number) + ' %'),
    score: known(number => (100 * number).toFixed(2) + ' %'),
    bytes: known(number => number < 1000 ? group(number) + ' B' : number < 1e6 ? short(number / 1e3) + ' kB' : short(number / 1e6) + ' MB'),
    micros: known(number => short(number) + ' µs'),
  };

  function charts() {
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue('--' + name).trim();
    const size = window.innerWidth < 640 ? 11 : 12;

    const line = (x1, y1, x2, y2, stroke) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth: 2 } });
    const bar = (api, from, to, dx, dy) => ({ type: 'group', children: [line(...from, ...to, api.visual('color')),
      ...[from, to].map(([x, y]) => line(x - dx, y - dy, x + dx, y + dy, api.visual('color')))] });

    /* What JSON cannot say, for one chart. */
    const functionsOf = option => {
      const format = name => formats[name?.slice?.(1)] ?? formats.number;
      const part = (at, dimension) => format(dimension === 1 ? option.series[at.seriesIndex].tooltip?.valueFormatter : option.xAxis.axisLabel?.formatter);
      return {
        point: at => [at.seriesName, at.name].filter(name => name).map(escape).join('<br>') + '<br>' + at.value.map((v, i) => escape(part(at, i)(v))).join(': '),
        name: at => escape(at.name).replace('\n', '<br>'),
        tile: at => at.treePathInfo.slice(1).map(tile => escape(tile.name)).join(', ') + ': ' + group(at.value) + ' weights',
        bytesLabel: at => formats.bytes(at.value),
        microsLabel: at => formats.micros(at.value),
        confusionCell: at => at.value[2] === 0 ? '' : group(at.value[2]),
        confusion: at => `${group(at.value[2])} of class ${escape(option.yAxis.data[at.value[1]])} taken for ${escape(option.xAxis.data[at.value[0]])}`,
        errorBar: (at, api) => bar(api, api.coord([api.value(0), api.value(1)]), api.coord([api.value(0), api.value(2)]), 6, 0),
        errorBarAcross: (at, api) => bar(api, api.coord([api.value(0), api.value(2)]), api.coord([api.value(1), api.value(2)]), 0, 6),
      };
    };

    /* Colors and functions in place of their names; names and categories come from data and stay as they are. */
    const revive = (value, functions) => {
      if (Array.isArray(value)) return value.map(one => revive(one, functions));
      if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, v]) =>
        [key, key === 'name' || key === 'text' || key === 'data' && typeof v[0] === 'string' ? v : revive(v, functions)]));
      if (typeof value !== 'string') return value;
      return value[0] === '$' ? color(value.slice(1)) : value[0] === '@' ? formats[value.slice(1)] ?? functions[value.slice(1)] : value;
    };
    const axis = {
      nameTextStyle: { color: color('quiet'), fontSize: size }, axisLabel: { color: color('ink'), fontSize: size },
      axisLine: { lineStyle: { color: color('quiet') } }, axisTick: { lineStyle: { color: color('line') } },
      splitLine: { lineStyle: { color: color('line') } }, minorSplitLine: { show: false },
    };
    const theme = {
      color: [color('pruned'), color('third'), color('fourth'), color('fifth')], backgroundColor: 'transparent',
      textStyle: { color: color('ink'), fontFamily: style.fontFamily || 'system-ui, sans-serif', fontSize: size },
      legend: { textStyle: { color: color('ink'), fontSize: size }, pageTextStyle: { color: color('ink') }, pageIconColor: color('ink'), pageIconInactiveColor: color('line'), itemGap: 14, left: 0 },
      tooltip: { backgroundColor: color('panel'), borderColor: color('line'), textStyle: { color: color('ink'), fontSize: size }, confine: true, extraCssText: 'max-width:22rem;white-space:normal' },
      categoryAxis: { ...axis, splitLine: { show: false } }, valueAxis: axis, logAxis: axis,
    };

    return Array.from(document.querySelectorAll('.chart')).map(element => {
      const plain = options[element.dataset.chart];
      const option = revive(plain, functionsOf(plain));
      const chart = echarts.init(element, theme, { renderer: 'svg' });
      chart.setOption({ animation: !still.matches, animationDuration: 400, ...option });
      element.onkeydown = walk(chart, option.series);
      return chart;
    });
  }

  /* Left and right step through the points of a series, up and down through the series. */
  function walk(chart, series) {
    let at = 0, point = -1;
    const usable = series.map((s, i) => [s, i]).filter(([s]) => Array.isArray(s.data) && s.type !== 'custom');
    return event => {
      const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
      if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
      if (!step || !usable.length) return;
      event.preventDefault();
      at = (at + step[0] + usable.length) % usable.length;
      const [one, index] = usable[at];
      point = Math.max(0, Math.min(one.data.length - 1, point + step[1]));
      chart.dispatchAction({ type: 'showTip', seriesIndex: index, dataIndex: point });
    };
  }

  let drawn = charts();
  dark.addEventListener('change', () => { drawn.forEach(chart => chart.dispose()); drawn = charts(); });
  const sizes = new ResizeObserver(entries => entries.forEach(entry => echarts.getInstanceByDom(entry.target)?.resize()));
  document.querySelectorAll('.chart').forEach(element => sizes.observe(element));
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(details => { details.open = true; }));
})();
