// The model card, unfolded on demand: what the model is, what it learned from and how good it was measured to be.
import type { ComponentChildren } from 'preact';
import type { CardFigure, ModelCard } from '../../../../../src/onnx/floor.ts';
import { Words } from '../answer/Words.tsx';

interface AboutModelProps {
  /** Undefined while the model loads, and for a model that carries none. */
  readonly card: ModelCard | undefined;
  readonly bytes: number | undefined;
  /** Whether the page tells readings and meanings of the model's characters. */
  readonly glossed: boolean;
}

/** Classes that are all listed: a screenful. */
const mostListed = 500;

export function AboutModel({ card, bytes, glossed }: AboutModelProps) {
  return (
    <details class="about">
      <summary>About this model</summary>
      {card === undefined ? (
        <p>{bytes === undefined ? 'The model is not loaded.' : 'This model carries no model card.'}</p>
      ) : (
        <Card card={card} bytes={bytes ?? 0} glossed={glossed} />
      )}
    </details>
  );
}

interface CardProps {
  readonly card: ModelCard;
  readonly bytes: number;
  readonly glossed: boolean;
}

function Card({ card, bytes, glossed }: CardProps) {
  const { training } = card;
  return (
    <dl>
      <Entry name="Name">{card.name}</Entry>
      <Entry name="What it is">{card.description}</Entry>
      {card.committee !== undefined && (
        <Entry name="Networks">{card.committee.members.map(({ name }) => name).join(', ')}</Entry>
      )}
      <Entry name="Reads">
        <Words>{classesOf(card)}</Words>
      </Entry>
      {glossed && <Glosses />}
      <Entry name="Size">{`${Math.round(bytes / 1024)} KB`}</Entry>
      <Entry name="Input">{framingOf(card)}</Entry>
      {card.test?.map((figure) => (
        <Entry key={figure.data} name="Tested on">
          {figureOf(figure)}
        </Entry>
      ))}
      {card.validation !== undefined && <Entry name="Validated on">{figureOf(card.validation)}</Entry>}
      {training !== undefined && (
        <>
          {training.data.map(({ name, count, sha256 }) => (
            <Entry key={sha256} name="Trained on">
              {`${name}, ${count.toLocaleString('en')} pictures`} <code title={sha256}>{sha256.slice(0, 12)}</code>
            </Entry>
          ))}
          {training.notice !== undefined && <Entry name="Terms">{training.notice}</Entry>}
          <Entry name="Seed">{training.seed}</Entry>
          <Entry name="Trained">{`${training.date.slice(0, 10)}, in ${Math.round(training.seconds)} s`}</Entry>
          <Entry name="Command">
            <code>{training.command}</code>
          </Entry>
        </>
      )}
    </dl>
  );
}

function Entry({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where readings and meanings come from, as their licence asks. */
function Glosses() {
  return (
    <Entry name="Readings, meanings">
      {'From '}
      <a href="https://www.mdbg.net/chinese/dictionary?page=cc-cedict">CC-CEDICT</a>
      {
        ', published by MDBG (CEDICT © 1997, 1998 Paul Andrew Denisowski), shortened to one reading and the first meanings; licence '
      }
      <a href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>
    </Entry>
  );
}

function classesOf({ labels }: ModelCard): string {
  if (labels.length <= mostListed) return labels.join(' ');
  return `${labels.length.toLocaleString('en')} classes, from ${labels[0]} to ${labels.at(-1)}`;
}

function framingOf({ framing }: ModelCard): string {
  const centre = framing.centre === 'mass' ? 'centre of mass' : 'bounding box';
  return `${framing.size} × ${framing.size} pixels, the ink within ${framing.box} × ${framing.box}, placed by its ${centre}`;
}

function figureOf({ data, count, accuracy }: CardFigure): string {
  return `${data}: ${(100 * accuracy).toFixed(2)}% of ${count.toLocaleString('en')} right`;
}
