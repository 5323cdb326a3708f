// Every system of the comparison, by name. A new one is a file in this folder and a line here.
import { FormatError, UsageError } from '../core/floor.ts';
import type { Classifier, ClassifierHost, ClassifierKind } from './classifier.ts';
import { readClassifier } from './savedClassifier.ts';
import { deepBelief } from './systems/deepBelief/deepBelief.ts';
import { fourierKinds } from './systems/fourier/fourierKinds.ts';
import { fuzzyMembership } from './systems/fuzzy/fuzzyMembership.ts';
import { hiddenMarkov } from './systems/markov/hiddenMarkov.ts';
import { multiscale } from './systems/multiscale/multiscale.ts';
import { nearestNeighbours } from './systems/nearest/nearestNeighbours.ts';
import { networkClassifier } from './systems/networks/networkClassifier.ts';
import { citedDesigns, laterDesigns } from './systems/networks/networkDesigns.ts';
import { supportVectors } from './systems/supportVectors/supportVectors.ts';

/**
 * Every kind, with the settings that are compared, in the order in which the comparison shows them: oldest ideas first.
 *
 * @example
 * ```ts
 * import { classifierKinds } from 'ductus/classic';
 * import { onnxRuntimeEngine } from 'ductus/node';
 *
 * const kinds = classifierKinds({ engine: onnxRuntimeEngine, now: () => performance.now() });
 * console.log(kinds.some(({ name }) => name === 'support-vectors')); // true
 * ```
 */
export function classifierKinds(host: ClassifierHost): readonly ClassifierKind[] {
  return [
    ...fourierKinds(host),
    multiscale(),
    fuzzyMembership(),
    hiddenMarkov(),
    nearestNeighbours(host),
    supportVectors(host),
    ...[...citedDesigns, deepBelief(), ...laterDesigns].map((design) => networkClassifier(host, design)),
  ];
}

/**
 * The kind of that name.
 * @throws {UsageError} listing those that exist.
 *
 * @example
 * ```ts
 * import { classifierKindNamed, loadClassifier, writeClassifier } from 'ductus/classic';
 * import { onnxRuntimeEngine, openDataset } from 'ductus/node';
 * import { limitSamples, pictureAt } from 'ductus/samples';
 *
 * const host = { engine: onnxRuntimeEngine, now: () => performance.now() };
 * const kind = classifierKindNamed('nearest-neighbours', host);
 * const classifier = await kind.fit(limitSamples(await openDataset('mnist:train'), 500, 1), { seed: 1 });
 * const again = await loadClassifier(writeClassifier(classifier.save()), host, 'nearest-neighbours');
 * const { scores } = await again.predict(pictureAt(await openDataset('mnist:test'), 0).pixels);
 * console.log(again.labels[scores.indexOf(Math.max(...scores))]); // 7
 * ```
 */
export function classifierKindNamed(name: string, host: ClassifierHost): ClassifierKind {
  const kinds = classifierKinds(host);
  const found = kinds.find((kind) => kind.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`unknown system "${name}"; expected one of ${kinds.map((kind) => kind.name).join(', ')}`);
}

/**
 * A classifier of any kind from its file.
 *
 * @param bytes must not be changed afterwards.
 * @param source the file, for the error.
 * @throws {FormatError} when it is damaged, not a classifier or of a kind that is not known.
 */
export async function loadClassifier(bytes: Uint8Array, host: ClassifierHost, source: string): Promise<Classifier> {
  const saved = readClassifier(bytes, source);
  const kind = classifierKinds(host).find(({ name }) => name === saved.kind);
  if (kind === undefined)
    throw new FormatError(`${source}: expected a classifier of a known kind, found "${saved.kind}"`);
  return kind.restore(saved, source);
}
