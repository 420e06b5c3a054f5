// Draws the table beside it: <figure data-chart="id of the table"> made by parts/charts.html. The table is what counts;
// whoever has no scripts reads it alone.
import { init, use } from 'echarts/core';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, AriaComponent, GridComponent, LegendComponent, SVGRenderer]);

const MOST = 12; // bars; the table has all lines
const LINE = 30; // px a line takes
const AROUND = 64; // px above and below
const COLOURS = { red: '#c3271d', amber: '#e0a100', blue: '#0b5cad', green: '#2c8a43', grey: '#8d99a6' };
const DECALS = {
  red: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4, color: '#ffffff66' },
  amber: { symbol: 'circle', symbolSize: 0.6, dashArrayX: [[6, 6]], dashArrayY: [6, 0], color: '#00000044' },
};

document.addEventListener('DOMContentLoaded', () => document.querySelectorAll('[data-chart]').forEach(draw));

function draw(figure) {
  const { names, series, more } = read(document.getElementById(figure.dataset.chart));
  if (!names.length) return;
  figure.hidden = false;
  figure.querySelector('figcaption').hidden = !more;
  const canvas = figure.querySelector('.chart-canvas');
  canvas.style.height = `${names.length * LINE + AROUND}px`;
  const chart = init(canvas, null, { renderer: 'svg' });
  chart.setOption(option(figure, names, series));
  new ResizeObserver(() => chart.resize()).observe(canvas);
  figure.dataset.ready = 'true';
}

// Names stand in the cells of class chart-name; a column is a series if its head says data-series.
function read(table) {
  const heads = [...(table?.querySelectorAll('thead th') || [])];
  const lines = [...(table?.querySelectorAll('tbody tr') || [])].filter((row) => row.cells.length === heads.length);
  const rows = lines.slice(0, MOST);
  const name = heads.findIndex((head) => head.dataset.chartName !== undefined);
  const columns = heads.map((head, at) => ({ head, at })).filter(({ head }) => head.dataset.series);
  const number = (cell) => { const value = Number.parseFloat(cell.textContent); return Number.isNaN(value) ? null : value; }; // a dash is no nought
  return {
    more: lines.length > MOST,
    names: rows.map((row) => row.cells[name].textContent.trim()),
    series: columns.map(({ head, at }) => ({
      name: head.textContent.trim(),
      colour: head.dataset.series,
      data: rows.map((row) => number(row.cells[at])),
    })),
  };
}

function option(figure, names, series) {
  const stacked = figure.dataset.stacked === 'true';
  return {
    animation: false,
    aria: { enabled: true, label: { description: figure.getAttribute('aria-label') } },
    textStyle: { fontFamily: getComputedStyle(figure).fontFamily }, // named, so that it can be measured
    legend: { top: 0, left: 0, selectedMode: false },
    grid: { top: 34, bottom: 8, left: 0, right: 36, containLabel: true },
    xAxis: { type: 'value', minInterval: 1, max: figure.dataset.max ? Number(figure.dataset.max) : null },
    yAxis: { type: 'category', data: names, inverse: true, axisTick: { show: false } },
    series: series.map(({ name, colour, data }) => ({
      type: 'bar', name, data, stack: stacked ? 'all' : null, barMaxWidth: 16,
      itemStyle: { color: COLOURS[colour], decal: DECALS[colour] || 'none' },
      label: { show: series.length === 1, position: 'right' },
    })),
  };
}
