// Where the page begins.
import { render } from 'preact';
import { defineInkPad } from '../../../src/platform/browser/floor.ts';
import { App } from './App.tsx';
import 'charts.css';
import './styles/index.css';

defineInkPad();
render(<App />, document.getElementById('app')!);
