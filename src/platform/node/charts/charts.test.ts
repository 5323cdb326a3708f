import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureDataUri } from '../picture/pictureDataUri.ts';
import { confusionChart } from './confusionChart.ts';
import { lineChart } from './lineChart.ts';
import { rejectionChart } from './rejectionChart.ts';
import { reliabilityChart } from './reliabilityChart.ts';
import { trainingCurves } from './trainingCurves.ts';

function svg(text: string) {
  const element = parseHTML(`<!doctype html><body>${text}</body>`).document.querySelector('svg');
  if (element === null) throw new Error('no <svg>');
  return element;
}

describe('trainingCurves', () => {
  const log = [1, 2, 3].map((epoch) => ({
    epoch,
    loss: 1 / epoch,
    accuracy: 1 - 0.1 / epoch,
    validationLoss: 1.1 / epoch,
  }));
  it('draws a line for each series that was measured and stands on its own', async () => {
    const text = await trainingCurves(log);
    expect(text.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(text).not.toContain('var(');
    const panels = [...svg(text).querySelectorAll('svg')];
    const lines = panels.map((panel) => panel.querySelectorAll('[aria-label="line"] path').length);
    expect(lines).toEqual([2, 1]);
  });
  it('is an image that other programs can read', async () => {
    const { width, height } = await sharp(Buffer.from(await trainingCurves(log))).metadata();
    expect([width, height]).toEqual([640, 520]);
  });
  it('takes a single epoch and a figure that is not finite', async () => {
    const text = await trainingCurves([{ epoch: 1, loss: Number.NaN, accuracy: 0.5 }]);
    expect(text).not.toContain('NaN');
  });
});

describe('confusionChart', () => {
  it('draws a cell for each pair and writes the counts', async () => {
    const chart = svg(
      await confusionChart(
        [
          [5, 1],
          [0, 7],
        ],
        ['a', 'b'],
        ['a', 'b'],
      ),
    );
    expect(chart.querySelectorAll('[aria-label="cell"] rect')).toHaveLength(4);
    expect([...chart.querySelectorAll('[aria-label="text"] text')].map((text) => text.textContent)).toEqual([
      '5',
      '1',
      '7',
    ]);
  });
  it('escapes class texts', async () => {
    const text = await confusionChart([[1]], ['<script>'], ['<script>']);
    expect(text).not.toContain('<script>');
    expect(svg(text).textContent).toContain('<script>');
  });
});

describe('reliabilityChart', () => {
  it('draws a bar for each bin that holds answers', async () => {
    const bins = [
      { from: 0, to: 0.5, count: 0, confidence: null, accuracy: null },
      { from: 0.5, to: 1, count: 9, confidence: 0.8, accuracy: 0.7 },
    ];
    const chart = svg(await reliabilityChart({ expectedCalibrationError: 0.1, bins }));
    expect(chart.querySelectorAll('[aria-label="rect"] rect')).toHaveLength(1);
  });
});

describe('rejectionChart', () => {
  const point = (kept: number, errors: number) => ({
    ...{ threshold: 1 - kept / 1000, kept, count: 1000, coverage: kept / 1000, errors, error: errors / kept },
    interval95: [0, 0.01] as const,
  });
  it('draws curve, band and marks, and only the part where something happens', async () => {
    const curve = [point(100, 0), point(980, 0), point(990, 1), point(1000, 3)];
    const chart = svg(await rejectionChart(curve, [curve[2]!]));
    expect(chart.querySelectorAll('[aria-label="line"] path')).toHaveLength(1);
    expect(chart.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(1);
    const ticks = [...chart.querySelectorAll('[aria-label="x-axis tick label"] text')].map((text) => text.textContent);
    expect(ticks.at(-1)).toBe('4.0');
  });
  it('takes a classifier without a fault, and one with nothing else', async () => {
    for (const curve of [[point(1000, 0)], [point(1000, 1000)]])
      expect(await rejectionChart(curve)).not.toContain('NaN');
  });
});

describe('pictureDataUri', () => {
  it('gives a PNG that decodes to the same pixels', async () => {
    const pixels = Uint8Array.from({ length: 15 }, (_, index) => index * 17);
    const uri = pictureDataUri({ width: 5, height: 3, pixels });
    expect(uri).toMatch(/^data:image\/png;base64,/);
    const file = Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64');
    const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([5, 3, 1]);
    expect([...data]).toEqual([...pixels]);
  });
});

describe('lineChart', () => {
  const series = [
    { name: 'ours', points: [1, 2, 3].map((x) => ({ x, y: x * x, low: x, high: 2 * x * x })) },
    { name: 'published', points: [{ x: 2, y: 3, label: 'LeNet <5>' }], line: false },
  ];
  it('draws a line or dots for each series, bands, labels and a legend, and stands on its own', async () => {
    const text = await lineChart({ title: 'Accuracy & time', x: { label: 'seconds' }, y: { label: 'error' }, series });
    expect(text).not.toContain('var(');
    expect(text).toContain('Accuracy &amp; time');
    const drawn = svg(text);
    expect(drawn.querySelectorAll('[aria-label="line"] path')).toHaveLength(1);
    expect(drawn.querySelectorAll('[aria-label="area"] path')).toHaveLength(1);
    expect(drawn.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(4);
    const words = [...drawn.querySelectorAll('text')].map((element) => element.textContent);
    expect(words).toEqual(expect.arrayContaining(['ours', 'published', 'LeNet <5>']));
  });
  it('keeps the order of named places, and has logarithmic axes', async () => {
    const points = ['conv2d_2', 'conv2d_1', 'dense_1'].map((x, index) => ({ x, y: 10 ** -index }));
    const text = await lineChart({
      title: 'Gradients',
      x: { label: 'layer' },
      y: { label: 'norm', logarithmic: true },
      series: [{ name: 'alone', points }],
    });
    const dots = [...svg(text).querySelectorAll('[aria-label="dot"] circle')];
    const at = (axis: string) => dots.map((dot) => Number(dot.getAttribute(axis)));
    const [first, second, third] = at('cy') as [number, number, number];
    expect(at('cx')).toEqual([...at('cx')].sort((a, b) => a - b));
    expect(third - second).toBeCloseTo(second - first, 3);
    expect((await sharp(Buffer.from(text)).metadata()).width).toBe(640);
  });
});
