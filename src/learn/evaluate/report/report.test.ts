import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { ModelCard } from '../../../onnx/floor.ts';
import { assess } from '../assess.ts';
import { calibration } from '../calibration/calibration.ts';
import { metrics } from '../metrics.ts';
import type { Predictions } from '../predictions.ts';
import { compareClassifiers } from '../statistics/compareClassifiers.ts';
import { worstErrors } from '../worstErrors.ts';
import { type EvaluationReport, evaluationReport } from './report.ts';

const hostile = '<script>alert("1")</script>';
const predictions: Predictions = {
  labels: ['a', hostile],
  unknownLabels: ['z'],
  targets: [0, 1, 1, 2],
  probabilities: [0.9, 0.1, 0.7, 0.3, 0, 0, 0.2, 0.8],
  empty: [0, 0, 1, 0],
};

function report(changes: Partial<EvaluationReport> = {}): EvaluationReport {
  const worst = worstErrors(predictions, 10).map((error) => ({
    ...error,
    image: error.answer === null ? undefined : 'data:image/png;base64,AAAA',
    source: `${hostile}#${error.sample}`,
  }));
  return {
    model: hostile,
    data: 'folder',
    framing: 'raw',
    labels: predictions.labels,
    metrics: metrics(predictions),
    calibration: calibration(predictions),
    confusionChart: '<svg></svg>',
    reliabilityChart: '<svg></svg>',
    assessment: assess(predictions),
    chosenOn: undefined,
    rejectionChart: '<svg></svg>',
    worst,
    card: undefined,
    seconds: 1.25,
    made: { Command: `ductus evaluate --model '${hostile}'` },
    ...changes,
  };
}

describe('evaluationReport', () => {
  const page = evaluationReport(report());
  const { document } = parseHTML(page);

  it('says the figures', () => {
    expect(document.querySelector('.headline')!.textContent).toMatch(/^25\.00\s% ± 21\.65\s% standard error$/);
    expect(document.querySelector('.figures')!.textContent).toContain('of a class the model lacks1');
  });

  it('shows each wrong answer, the empty one without a picture', () => {
    const figures = [...document.querySelectorAll('.gallery figure')];
    expect(figures).toHaveLength(3);
    expect(figures.map((figure) => figure.querySelectorAll('img').length)).toEqual([1, 1, 0]);
    expect(figures[2]!.textContent).toContain('nothing found');
    for (const image of document.querySelectorAll('img')) expect(image.getAttribute('alt')).toContain('picture of');
  });

  it('has a table with head cells for each chart', () => {
    const tables = [...document.querySelectorAll('table')];
    // Confusion, classes, reliability, calibration by temperature, rejection.
    expect(tables).toHaveLength(5);
    for (const table of tables) {
      expect(table.querySelector('caption')!.textContent).not.toBe('');
      expect(table.querySelectorAll('th[scope="col"]').length).toBeGreaterThan(2);
      expect(table.querySelectorAll('th[scope="row"]').length).toBeGreaterThan(0);
    }
    // Three true classes, two answers and the empty column.
    expect(tables[0]!.querySelectorAll('tbody td')).toHaveLength(3 * 3);
  });

  it('says what was chosen where, and how another model compares', () => {
    const assessment = assess(predictions, { chosenOn: predictions, targetError: 0.5, rejection: 0.4, temperature: 2 });
    const figures = compareClassifiers(predictions, { ...predictions, answers: [0, 1, 1, 1] });
    const changes = { assessment, chosenOn: hostile, comparison: { against: hostile, figures } };
    const other = parseHTML(evaluationReport(report(changes))).document;
    const text = other.querySelector('main')!.textContent!.replace(/\u00a0/g, ' ');
    // Kept: 0.9 right, 0.8 of an unknown class, 0.7 wrong; the second threshold leaves one error of two.
    expect(text).toContain(`which rejects 40.00 % on "${hostile}", rejects 25.00 % here, and 2 of 3 kept are wrong`);
    expect(text).toContain(`The threshold 0.8000, by which on "${hostile}" 1 of 2 kept are wrong: 50.00 %`);
    expect(text).toContain(`Fitted: on "${hostile}"`);
    expect(text).toContain('exact p = 1.00, mid-p = 0.500');
    const cells = [...other.querySelectorAll('[aria-labelledby="comparison"] td')].map((cell) => cell.textContent);
    expect(cells).toEqual(['1', '0', '1', '2']);
    const hopeless = assess(
      { ...predictions, targets: [1, 0, 1, 2] },
      { chosenOn: { ...predictions, targets: [1, 0, 1, 2] }, targetError: 0 },
    );
    expect(evaluationReport(report({ assessment: hopeless, chosenOn: 'x' }))).toContain('no threshold leaves as few');
  });

  it('escapes what came from outside', () => {
    expect(page).not.toContain('<script');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(document.querySelector('h1')!.textContent).toBe(`${hostile} on folder`);
  });

  it('says so when nothing is wrong, and what the card says', () => {
    const card: ModelCard = {
      format: 1,
      name: 'digits',
      description: 'Reads digits.',
      labels: ['a'],
      framing: { size: 28, box: 20, centre: 'mass' },
      temperature: 1.5,
      training: {
        command: 'ductus train',
        recipe: {},
        seed: 7,
        data: [
          { name: 'mnist:train', count: 55_000, sha256: '', terms: 'CC BY-SA' },
          { name: 'mine', count: 3, sha256: '', cleared: 'I drew them' },
        ],
        teachers: [
          { name: 'old', data: [] },
          { name: 'wise', data: [{ name: 'theirs', count: 1, sha256: '' }] },
        ],
        notice: 'Learned from data whose terms are not stated: theirs.',
        date: '2026-01-02',
        seconds: 61.4,
        versions: {},
      },
      test: [{ data: 'mnist:test', count: 10_000, accuracy: 0.9942 }],
    };
    const text = parseHTML(evaluationReport(report({ worst: [], card }))).document.body.textContent!;
    expect(text).toContain('None: every answer is right.');
    for (const part of [
      'Terms of mnist:trainCC BY-SA',
      'Terms of minenot stated (taken as clear: I drew them)',
      'Taught by oldwhich does not say what it was trained on',
      'trained on theirs (terms: not stated)',
      'NoticeLearned from data whose terms are not stated: theirs.',
    ]) {
      expect(text).toContain(part);
    }
    for (const part of ['mnist:train (55000 pictures)', '99.42', 'Seed7', 'in 61 s', 'centre of mass']) {
      expect(text).toContain(part);
    }
  });
});
