// What every page loads: Bootstrap's and htmx's behaviour and ours. Every page also works without it.
import 'bootstrap/dist/css/bootstrap.min.css';
import './theme.css';
import './screens.css';
import * as bootstrap from 'bootstrap/dist/js/bootstrap.bundle.min.js';
import htmx from 'htmx.org';
import { guardSubmits } from './submit.js';
import { watchForms } from './live.js';
import { watchRows } from './rows.js';
import { watchPhrases } from './phrases.js';
import { enhance } from './enhance.js';

window.bootstrap = bootstrap;
window.htmx = htmx;
guardSubmits(document);
watchForms(document);
watchRows(document);
watchPhrases(document);
enhance(document);
