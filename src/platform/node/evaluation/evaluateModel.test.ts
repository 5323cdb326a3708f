import { describe, expect, it } from 'vitest';
import { printedBy } from '../../../../test/runDuctus.ts';
import { UsageError } from '../../../core/floor.ts';
import { evaluateModel } from './evaluateModel.ts';
import type { EvaluateOptions } from './evaluateOptions.ts';

const options: EvaluateOptions = { data: 'mnist:train', limit: 120 };

describe('evaluateModel', () => {
  it('gives what the command prints as JSON, as plain data', { tags: ['slow'] }, async () => {
    const { seconds, ...evaluation } = await evaluateModel({ ...options, against: 'slim' });
    expect(seconds).toBeGreaterThan(0);
    // Nothing that JSON drops or changes: no undefined, no number that is none, no array of another kind.
    expect(JSON.parse(JSON.stringify(evaluation))).toStrictEqual(evaluation);
    const command = ['evaluate', '--data', 'mnist:train', '--limit', '120', '--against', 'slim', '--json'];
    const { seconds: _, ...printed } = JSON.parse(await printedBy(command)) as typeof evaluation & { seconds: number };
    expect(printed).toStrictEqual(evaluation);
  });

  it('has its keys in the order that scripts have seen, and no others', async () => {
    const evaluation = await evaluateModel(options);
    expect(Object.keys(evaluation)).toEqual([
      ...['count', 'correct', 'accuracy', 'standardError', 'perClass', 'confusion', 'labels', 'unknownLabels'],
      ...['model', 'modelFile', 'data', 'framing', 'seconds', 'interval95', 'empty', 'unknown', 'crossEntropy', 'topK'],
      ...['expectedCalibrationError', 'reliability', 'chosenOn', 'calibration', 'rejection'],
    ]);
    expect(Object.keys(evaluation.rejection)).toEqual(['share', 'rejected', 'curve']);
  });

  it('says how far it is', async () => {
    const steps: string[] = [];
    await evaluateModel({ ...options, onProgress: (done, total) => steps.push(`${done} of ${total}`) });
    expect(steps).toEqual(['100 of 120', '120 of 120']);
  });

  it('refuses what the types do not allow, by name', async () => {
    const refused = (wrong: object): Promise<void> =>
      expect(evaluateModel(wrong as EvaluateOptions)).rejects.toThrow(UsageError);
    await refused({});
    await refused({ ...options, model: [] });
    await expect(evaluateModel({ ...options, framing: 'Framed' as 'framed' })).rejects.toThrow(
      'framing: expected framed or raw, received Framed',
    );
  });

  it('refuses options that contradict each other before it opens anything', async () => {
    const nothing = { data: 'nowhere' };
    await expect(evaluateModel({ ...nothing, targetError: 0.01 })).rejects.toThrow(/--target-error: expected --calibr/);
    const pile = { ...nothing, frequencies: 'estimate' };
    await expect(evaluateModel({ ...pile, against: 'digits' })).rejects.toThrow(/expected it without --against/);
    await expect(evaluateModel({ ...pile, calibrateOn: 'validation' })).rejects.toThrow(UsageError);
  });
});
