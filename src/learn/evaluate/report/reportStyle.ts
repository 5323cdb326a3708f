// The look of the evaluation page: light and dark by the reader's setting, one column on a phone.

/** CSS; the charts take their colours from the variables `--chart-*` (Okabe and Ito's, lighter in dark mode). */
export const reportStyle = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--paper:#fff;--line:#d1d9e0;--card:#f6f8fa;
--chart-train:#0072b2;--chart-validation:#d55e00;--chart-muted:#8a8f98}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa4af;--paper:#16181c;--line:#363b42;--card:#1f2329;
--chart-train:#56b4e9;--chart-validation:#e69f00}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 3rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
header p{margin:0;color:var(--soft)}
h1{margin:.1em 0 .3em;font-size:1.6rem;overflow-wrap:anywhere}
h2{margin:2.5rem 0 .5rem;font-size:1.2rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
.headline strong{font-size:2.6rem;color:var(--ink);font-variant-numeric:tabular-nums}
p{max-width:42rem}
dl{margin:0}
dl div{display:grid;grid-template-columns:12rem 1fr;gap:.2rem 1rem;padding:.3rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.figures{margin-top:1rem}
.figures dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.6rem}
.figures dl div{display:block;padding:.6rem .8rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.chart{margin:1rem 0;overflow-x:auto}
.chart svg{display:block;width:100%;min-width:21rem;max-width:40rem;height:auto;margin:0 auto}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5rem 0}
caption{text-align:left;color:var(--soft);padding-bottom:.4rem}
th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
summary{cursor:pointer;padding:.4rem 0}
.gallery{list-style:none;margin:1rem 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(7.5rem,1fr));gap:.8rem}
.gallery figure{margin:0;height:100%;padding:.6rem;text-align:center;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.gallery img,.blank{width:84px;height:84px;image-rendering:pixelated;border:1px solid var(--line);background:#000}
.blank{display:inline-grid;place-items:center;background:none;color:var(--soft)}
figcaption{font-size:.9rem;overflow-wrap:anywhere}
small{color:var(--soft)}
footer{margin-top:3rem;font-size:.85rem}
@media (max-width:30rem){dl div{grid-template-columns:1fr}th,td{padding:.25rem .35rem;font-size:.85rem}}
`;
