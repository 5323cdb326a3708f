// The card of a committee that is made of models as they lie there: what its members' cards agree in, and their names.
import { UsageError } from '../../core/floor.ts';
import type { OnnxModel } from '../file/model.ts';
import type { ModelCard, VotingRule } from './card.ts';
import { modelCardOf } from './cardText.ts';

/** What the members' cards do not say. */
export interface CommitteeCardOptions {
  readonly name: string;
  readonly description: string;
  /** Default `'votes'`. */
  readonly rule?: VotingRule;
  /** Softmax temperature after the vote, fitted on validation answers; 1, uncalibrated, where left out. */
  readonly temperature?: number;
}

/**
 * A card for `mergeModels`: labels and framing of the first member's card, names, seeds and temperatures of all.
 *
 * A member is called by its card's name, with its seed when it has one, and with its place when two would be called the
 * same.
 *
 * @throws {UsageError} naming the member that has no card.
 */
export function committeeCard(models: readonly OnnxModel[], options: CommitteeCardOptions): ModelCard {
  const cards = models.map((model, index) => {
    const card = modelCardOf(model);
    if (card === undefined) {
      throw new UsageError(`committee, member ${index + 1}: expected a model with a card, received one without`);
    }
    return card;
  });
  const [first] = cards;
  if (first === undefined) throw new UsageError('committee: expected at least 2 models, received none');
  const { name, description, rule = 'votes', temperature = 1 } = options;
  const names = distinctNames(cards.map(memberName));
  return {
    format: 1,
    name,
    description,
    labels: first.labels,
    framing: first.framing,
    temperature,
    committee: {
      rule,
      members: cards.map((card, index) => ({
        name: names[index]!,
        ...(card.training === undefined ? {} : { seed: card.training.seed }),
        temperature: card.temperature,
      })),
    },
  };
}

/** What a model is called among others: by its card's name, and by the seed that tells it from its like. */
export function memberName({ name, training }: ModelCard): string {
  return training === undefined ? name : `${name}-${training.seed}`;
}

/** Names that all differ: those that occur twice get their place, from 1, behind them. */
export function distinctNames(names: readonly string[]): string[] {
  const twice = (name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);
  const taken = new Set(names.filter((name) => !twice(name)));
  return names.map((name, index) => {
    let distinct = name === '' || twice(name) ? `${name || 'network'} (${index + 1})` : name;
    while (distinct !== name && taken.has(distinct)) distinct += "'";
    taken.add(distinct);
    return distinct;
  });
}
