import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/map.css';
import './styles/shell.css';
import './styles/pages.css';
import './styles/entries.css';
import './styles/board.css';
import './styles/narrow.css';
import { Console } from './console.tsx';
import { followTheme } from './shell/theme.ts';

followTheme();
const root = document.getElementById('console');
if (root !== null) render(<Console />, root);
