// The page: which parts stand where, and which event goes to which part. Loading, reading and drawing are elsewhere.

import { useCallback, useRef, useState } from 'preact/hooks';
import { kinds } from '#kinds';
import type { Ink, Picture } from '../../../src/picture/floor.ts';
import { type InkPadElement, readPictureFile } from '../../../src/platform/browser/floor.ts';
import { Answer } from './components/answer/Answer.tsx';
import { NetworkView } from './components/answer/NetworkView.tsx';
import { mostRows, Probabilities } from './components/answer/Probabilities.tsx';
import { Votes } from './components/answer/Votes.tsx';
import { Words } from './components/answer/Words.tsx';
import { AlphabetSwitch } from './components/choices/AlphabetSwitch.tsx';
import { KindChoice } from './components/choices/KindChoice.tsx';
import { ReaderChoice, readers } from './components/choices/ReaderChoice.tsx';
import { Switch } from './components/choices/Switch.tsx';
import { AboutModel } from './components/model/AboutModel.tsx';
import { KindOnItsWay } from './components/model/KindOnItsWay.tsx';
import { DrawingPad } from './components/pad/DrawingPad.tsx';
import { PictureOpener } from './components/pad/PictureOpener.tsx';
import { Toolbar } from './components/pad/Toolbar.tsx';
import { useAlphabet } from './hooks/useAlphabet.ts';
import { useAnnouncer } from './hooks/useAnnouncer.ts';
import { useChosenAnswer } from './hooks/useChosenAnswer.ts';
import { useNews } from './hooks/useNews.ts';
import { usePictureInput } from './hooks/usePictureInput.ts';
import { useReading } from './hooks/useReading.ts';
import { useReadingModel } from './hooks/useReadingModel.ts';
import { useRememberedChoice } from './hooks/useRememberedChoice.ts';
import type { KindName } from './model/kind.ts';
import { rangeOf, subjectOf } from './recognition/characterWording.ts';
import { readsNow } from './recognition/kindWording.ts';

/** An opened picture, shown on the pad in place of strokes. */
interface OpenedPicture {
  readonly name: string;
  readonly picture: Picture;
}

const [firstKind, ...otherKinds] = kinds;
const kindNames: readonly [KindName, ...KindName[]] = [firstKind.name, ...otherKinds.map(({ name }) => name)];

export function App() {
  const { spoken, announce } = useAnnouncer();
  const [kindName, setKind] = useRememberedChoice('ductus.kind', kindNames);
  const [reader, setReader] = useRememberedChoice('ductus.reader', readers);
  const kind = kinds.find(({ name }) => name === kindName) ?? firstKind;
  const { reads, one, retryOne, committee } = useReadingModel(kind, reader === 'committee');
  const model = reads?.model;
  useNews(reads === undefined ? undefined : readsNow(reads.kind, reads.voting), announce);
  // What the page says is about what reads; before anything does, about what will.
  const readKind = reads?.kind ?? kind;
  const voting = reader === 'committee' && readKind.committee !== undefined;
  const labels = model?.recognizer.labels ?? readKind.labels;
  const { offered, choice, choose, alphabet, allowed, noun } = useAlphabet(labels);
  const { reading, ask, leaveUnread } = useReading(model, alphabet, announce);
  const answer = reading.status === 'read' ? reading.answer : undefined;
  const { chosen, choose: chooseAnswer } = useChosenAnswer(answer, model?.glosses, announce);
  const pad = useRef<InkPadElement>(null);
  const [live, setLive] = useState(true);
  const [opened, setOpened] = useState<OpenedPicture>();
  const [problem, setProblem] = useState<string>();
  const [history, setHistory] = useState({ canUndo: false, canRedo: false });

  const onInk = (ink: Ink, since: number, final: boolean): void => {
    setHistory({ canUndo: pad.current?.canUndo ?? false, canRedo: pad.current?.canRedo ?? false });
    setOpened(undefined);
    setProblem(undefined);
    if (live) ask({ input: ink, since, final });
    else leaveUnread(ink.strokes.length === 0);
  };
  const predict = (): void => {
    const input = opened?.picture ?? pad.current?.ink ?? { strokes: [] };
    ask({ input, since: performance.now(), final: true });
  };
  const switchLive = (on: boolean): void => {
    setLive(on);
    if (on && reading.status === 'unread') predict();
  };
  const clear = (): void => {
    setOpened(undefined);
    setProblem(undefined);
    if (pad.current?.empty) leaveUnread(true);
    else pad.current?.clear();
    announce('Cleared');
  };
  const open = useCallback(
    async (file: File) => {
      const since = performance.now();
      try {
        const picture = await readPictureFile(file);
        pad.current?.clear();
        setProblem(undefined);
        setOpened({ name: file.name, picture });
        ask({ input: picture, since, final: true });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        setProblem(message);
        announce(message);
      }
    },
    [ask, announce],
  );
  const dragging = usePictureInput(open);

  return (
    <div class="page">
      <header class="masthead">
        <h1>Ductus</h1>
        <p>
          {`Draw ${subjectOf(labels)}; ${voting ? 'a committee of networks votes on it' : 'a small network reads it'}.`}
        </p>
      </header>
      <main class="desk">
        <section class="draw" aria-label="Drawing">
          {kinds.length > 1 && (
            <KindChoice kinds={kinds} chosen={kind} waiting={readKind !== kind} onChoose={setKind} />
          )}
          <DrawingPad
            pad={pad}
            noun={noun}
            picture={opened?.picture}
            pictureName={opened?.name}
            dropping={dragging}
            onInk={onInk}
            announce={announce}
          />
          <Toolbar
            canUndo={history.canUndo}
            canRedo={history.canRedo}
            onClear={clear}
            onPredict={predict}
            onUndo={() => pad.current?.undo()}
            onRedo={() => pad.current?.redo()}
          />
          <div class="options">
            <Switch label="Live prediction" checked={live} onChange={switchLive} />
            <PictureOpener onFile={open} />
          </div>
          {offered.length > 0 && <AlphabetSwitch offered={offered} chosen={choice} onChoose={choose} />}
          {readKind.committee !== undefined && <ReaderChoice chosen={reader} onChoose={setReader} />}
        </section>
        <section class="read" aria-label="Prediction">
          <Answer
            state={model === undefined ? one : { status: 'ready', model }}
            reading={reading}
            problem={problem}
            noun={noun}
            range={rangeOf(allowed, noun)}
            chinese={readKind.glosses !== undefined}
            glosses={model?.glosses}
            chosen={chosen}
            onChoose={chooseAnswer}
            onRetry={retryOne}
          />
          {reads !== undefined && reads.kind !== kind && (
            <KindOnItsWay key={kind.name} kind={kind} state={one} reads={reads.kind} onRetry={retryOne} />
          )}
          {committee !== undefined && (
            <Votes
              state={committee.state}
              file={committee.file}
              answer={answer?.members === undefined ? undefined : answer}
              onRetry={committee.retry}
            />
          )}
          <Probabilities
            captioned={labels.length > mostRows}
            labels={allowed}
            answer={answer}
            marked={chosen ?? answer?.label}
            noun={noun}
          />
          <NetworkView reading={reading} size={model?.card?.framing.size ?? 28} />
        </section>
      </main>
      <footer class="colophon">
        <AboutModel card={model?.card} bytes={model?.bytes} glossed={model?.glosses !== undefined} />
        <p>What you draw stays on this device: the page sends nothing.</p>
      </footer>
      <div class="unseen" role="status" aria-live="polite">
        <Words>{spoken}</Words>
      </div>
    </div>
  );
}
