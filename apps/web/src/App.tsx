// The page: which parts stand where, and which event goes to which part. Loading, reading and drawing are elsewhere.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { committee } from '#committee';
import { model as shipped } from '#model';
import type { Ink, Picture } from '../../../src/picture/index.ts';
import { type InkPadElement, readPictureFile } from '../../../src/platform/browser/index.ts';
import { AboutModel } from './components/AboutModel.tsx';
import { AlphabetSwitch } from './components/AlphabetSwitch.tsx';
import { Answer } from './components/Answer.tsx';
import { DrawingPad } from './components/DrawingPad.tsx';
import { NetworkView } from './components/NetworkView.tsx';
import { PictureOpener } from './components/PictureOpener.tsx';
import { Probabilities } from './components/Probabilities.tsx';
import { ReaderChoice, readers } from './components/ReaderChoice.tsx';
import { Switch } from './components/Switch.tsx';
import { Toolbar } from './components/Toolbar.tsx';
import { Votes } from './components/Votes.tsx';
import { useAlphabet } from './hooks/useAlphabet.ts';
import { useAnnouncer } from './hooks/useAnnouncer.ts';
import { useChosenAnswer } from './hooks/useChosenAnswer.ts';
import { useModel } from './hooks/useModel.ts';
import { usePictureInput } from './hooks/usePictureInput.ts';
import { useReading } from './hooks/useReading.ts';
import { useRememberedChoice } from './hooks/useRememberedChoice.ts';
import { rangeOf, subjectOf } from './recognition/characterWording.ts';

/** An opened picture, shown on the pad in place of strokes. */
interface OpenedPicture {
  readonly name: string;
  readonly picture: Picture;
}

export function App() {
  const { spoken, announce } = useAnnouncer();
  const [reader, setReader] = useRememberedChoice('ductus.reader', readers);
  const voting = reader === 'committee' ? committee : undefined;
  const one = useModel(shipped.url);
  const many = useModel(committee?.url, voting !== undefined);
  const ready = voting !== undefined && many.state.status === 'ready';
  // Until the committee is there, the one network reads on.
  const { state, retry } = ready ? many : one;
  const model = state.status === 'ready' ? state.model : undefined;
  useEffect(() => {
    if (ready) announce('The committee reads now');
  }, [ready, announce]);
  const labels = model?.recognizer.labels ?? shipped.labels;
  const { offered, choice, choose, alphabet, allowed, noun } = useAlphabet(labels);
  const { reading, ask, leaveUnread } = useReading(model?.recognizer, alphabet, announce);
  const answer = reading.status === 'read' ? reading.answer : undefined;
  const { chosen, choose: chooseAnswer } = useChosenAnswer(answer, announce);
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
          {committee !== undefined && <ReaderChoice chosen={reader} onChoose={setReader} />}
        </section>
        <section class="read" aria-label="Prediction">
          <Answer
            state={state}
            reading={reading}
            problem={problem}
            noun={noun}
            range={rangeOf(allowed, noun)}
            chosen={chosen}
            onChoose={chooseAnswer}
            onRetry={retry}
          />
          {voting !== undefined && (
            <Votes
              state={many.state}
              bytes={voting.bytes}
              answer={answer?.members === undefined ? undefined : answer}
              onRetry={many.retry}
            />
          )}
          <Probabilities labels={allowed} answer={answer} marked={chosen ?? answer?.label} noun={noun} />
          <NetworkView reading={reading} />
        </section>
      </main>
      <footer class="colophon">
        <AboutModel card={model?.card} bytes={model?.bytes} />
        <p>What you draw stays on this device: the page sends nothing.</p>
      </footer>
      <div class="unseen" role="status" aria-live="polite">
        {spoken}
      </div>
    </div>
  );
}
