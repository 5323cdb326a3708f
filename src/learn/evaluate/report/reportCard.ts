// The section of an evaluation page on the model's card.
import type { ComponentChild } from 'preact';
import type { CardData, ModelCard } from '../../../onnx/floor.ts';
import { percent } from './percent.ts';
import { definitions, paragraph } from './reportParts.ts';

/** The card's content, or a note that there is none. */
export function reportCard(model: ModelCard | undefined): ComponentChild {
  if (model === undefined) return paragraph('This model carries no card.');
  const { training, validation, test = [] } = model;
  const entries: [string, string][] = [
    ['Name', model.name],
    ['Description', model.description],
    ['Classes', model.labels.join(' ')],
    [
      'Input',
      `${model.framing.size} x ${model.framing.size} pixels, ink within ${model.framing.box} x ${model.framing.box}, centred by ${model.framing.centre === 'mass' ? 'centre of mass' : 'bounding box'}`,
    ],
    ['Temperature', String(model.temperature)],
  ];
  if (training !== undefined) {
    const { data, teachers = [], notice } = training;
    entries.push(
      ['Trained by', training.command],
      ['Trained on', data.map(({ name, count }) => `${name} (${count} pictures)`).join(', ')],
      ...data.map((set): [string, string] => [`Terms of ${set.name}`, termsText(set)]),
      ...teachers.map((teacher): [string, string] => [
        `Taught by ${teacher.name}`,
        teacher.data.length === 0
          ? 'which does not say what it was trained on'
          : `trained on ${teacher.data.map((set) => `${set.name} (terms: ${termsText(set)})`).join(', ')}`,
      ]),
      ...(notice === undefined ? [] : [['Notice', notice] as [string, string]]),
      ['Seed', String(training.seed)],
      ['Trained at', `${training.date}, in ${Math.round(training.seconds)} s`],
    );
  }
  if (validation !== undefined)
    entries.push(['Validation', `${percent(validation.accuracy)} of ${validation.count}, ${validation.data}`]);
  for (const figure of test) entries.push(['Test', `${percent(figure.accuracy)} of ${figure.count}, ${figure.data}`]);
  return definitions(entries);
}

function termsText({ terms = 'not stated', cleared }: CardData): string {
  return cleared === undefined ? terms : `${terms} (taken as clear: ${cleared})`;
}
