import { Markup } from './markup';

/** Ink on paper; colour is for data and states only, and no state is told by colour alone. */
export const STYLE = `
:root{--paper:#FBFAF7;--sunk:#F6F4EF;--ink:#17191C;--ink2:#454A52;--ink3:#60666F;--line:#E4E0D7;--line2:#C6C0B3;--lead:#1A64C2;--lag:#22262C;--lagt:#E6E4DF;--leadt:#DCE8F6;--good:#0B6B58;--warn:#8A5C00;--bad:#98181C;--timet:#F4ECF6;--time:#652A78;color-scheme:light}
*{box-sizing:border-box;margin:0}
body{font:400 13.5px/1.48 "IBM Plex Sans",system-ui,"Segoe UI","Helvetica Neue",Arial,sans-serif;color:var(--ink);background:var(--paper);font-variant-numeric:tabular-nums lining-nums;max-width:1120px;margin:0 auto;padding:32px 28px 44px}
h1{font-size:26px;line-height:1.2;font-weight:600;letter-spacing:-.012em;margin-top:24px}
h2{font-size:15px;line-height:1.33;font-weight:600;border-bottom:1px solid var(--ink);padding-bottom:6px;margin:28px 0 0}
p{margin-top:8px;max-width:76ch}
.brand{display:flex;justify-content:space-between;gap:16px;font-size:12px;color:var(--ink2)}
.brand b{color:var(--ink);font-weight:600;display:inline-flex;align-items:center;gap:7px}
.question{color:var(--ink2);font-size:14.5px;margin-top:4px}
.meta{max-width:120ch}.meta,.note{font-size:12px;line-height:1.42;color:var(--ink2)}
.past{background:var(--timet);border-left:3px solid var(--time);color:var(--time);padding:6px 12px;font-weight:500}
table{border-collapse:collapse;width:100%;margin-top:20px}
caption{text-align:left;font-size:12px;color:var(--ink2);padding-bottom:8px}
thead{display:table-header-group}
th,td{text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid var(--line);font-weight:400;overflow-wrap:break-word}
thead th{font-weight:500;font-size:12px;line-height:1.3;color:var(--ink2);vertical-align:bottom;border-bottom:1px solid var(--ink)}
th:last-child,td:last-child{padding-right:0}
.r{text-align:right}
tbody th{font-weight:500}
.id{font-size:12px;color:var(--ink2);white-space:nowrap}.dense{font-size:12.5px}.dense th,.dense td{padding-right:9px}.dense .id{white-space:normal}
.sub .id{color:var(--ink3)}
tr.group th{font-weight:600;border-bottom:0;padding-top:16px}
tr.open>*{border-bottom:0}
tr.under.link td{padding-top:7px}tr.under td{font-size:12px;line-height:1.42;color:var(--ink2);padding-top:0}
tr.under p{margin-top:2px;max-width:none}
tr.under b{font-weight:500;color:var(--ink)}
tr{break-inside:avoid}tr.open,tr.group{break-after:avoid}
.fig{white-space:nowrap}.fig .u{color:var(--ink2);margin-left:1px}.fig .pm{color:var(--ink3);font-size:.88em;margin-left:4px}
.fig.soft{color:var(--ink2)}.fig.unsure{font-style:italic}
.st{display:inline-flex;align-items:baseline;gap:5px;font-size:12px;color:var(--ink2)}
.st svg{flex:none;position:relative;top:2px}
.st.good{color:var(--good)}.st.warn{color:var(--warn)}.st.bad{color:var(--bad)}
.m{width:13px;height:13px;overflow:visible}.l{width:56px;height:13px;overflow:visible}
.hatch{display:inline-block;width:52px;height:11px;vertical-align:-1px;margin-right:6px;background:repeating-linear-gradient(135deg,var(--line2) 0 1.2px,transparent 1.2px 5px) var(--sunk)}
.gap{display:inline-block;width:52px;height:13px;vertical-align:-2px;margin-right:6px;border:1px dashed var(--bad)}
.lock{display:inline-block;width:52px;height:11px;vertical-align:-1px;margin-right:6px;background:var(--line);border:1px solid var(--line2)}
.tab{display:inline-block;width:7px;height:12px;vertical-align:-1px;margin-right:5px;background:repeating-linear-gradient(90deg,var(--ink3) 0 1.2px,transparent 1.2px 3px)}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.legend{columns:2;column-gap:32px;margin-top:8px;padding:0;list-style:none;font-size:12px;line-height:1.42;color:var(--ink2)}
.legend li{break-inside:avoid;padding:3px 0;display:flex;gap:7px}.legend b{color:var(--ink);font-weight:500}
.legend svg{flex:none;position:relative;top:2px}
.list{list-style:none;padding:0}.list li{padding:7px 0;border-bottom:1px solid var(--line)}
dl{display:grid;grid-template-columns:minmax(150px,auto) 1fr;margin-top:10px}dt,dd{padding:6px 16px 6px 0;border-bottom:1px solid var(--line)}dt{color:var(--ink2)}
.pairs{grid-template-columns:minmax(0,max-content) 1fr minmax(0,max-content) 1fr;margin:0 0 8px;font-size:13px}.pairs dd{color:var(--ink);font-weight:500}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:32px;margin-top:44px}.sign div{border-top:1px solid var(--ink);padding-top:5px;font-size:12px;color:var(--ink2)}
footer{border-top:1px solid var(--line2);margin-top:32px;padding-top:8px;font-size:11.5px;line-height:1.4;color:var(--ink3);overflow-wrap:anywhere}
svg text{font-family:inherit;font-size:11px;fill:var(--ink3)}
@media print{body{background:#fff;padding:0;max-width:none;font-size:12.5px;print-color-adjust:exact;-webkit-print-color-adjust:exact}h2{break-after:avoid}:root{--paper:#fff}}
`;

/** Each mark is told from every other in grey, and bears a word wherever it stands. */
export const MARKS = new Markup(`<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5" stroke="var(--ink3)" stroke-width="1.3"/></pattern>
<symbol id="on" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.5" fill="var(--good)"/></symbol>
<symbol id="risk" viewBox="0 0 14 14"><path d="M7 1.2 13.2 12.4H.8Z" fill="var(--warn)"/></symbol>
<symbol id="off" viewBox="0 0 14 14"><path d="M1.8 1.8h10.4v10.4H1.8Z" fill="var(--bad)"/></symbol>
<symbol id="kept" viewBox="0 0 14 14"><circle cx="7" cy="7" r="6" fill="var(--good)"/><path d="M4.1 7.3 6.2 9.4 10 5" fill="none" stroke="var(--paper)" stroke-width="1.7"/></symbol>
<symbol id="late" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.3" fill="none" stroke="var(--good)" stroke-width="1.5"/><path d="M4.3 7.3 6.3 9.3 9.8 5.1" fill="none" stroke="var(--good)" stroke-width="1.6"/></symbol>
<symbol id="missed" viewBox="0 0 14 14"><path d="M1.4 1.4h11.2v11.2H1.4Z" fill="var(--bad)"/><path d="m4.4 4.4 5.2 5.2m0-5.2-5.2 5.2" stroke="var(--paper)" stroke-width="1.6"/></symbol>
<symbol id="overdue" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.4" fill="none" stroke="var(--bad)" stroke-width="1.5"/><path d="M7 3.6V7l2.4 1.8" fill="none" stroke="var(--bad)" stroke-width="1.5"/></symbol>
<symbol id="withdrawn" viewBox="0 0 14 14"><path d="M1.8 1.8h10.4v10.4H1.8Z" fill="none" stroke="var(--ink)" stroke-width="1.4"/><path d="M4 7h6" stroke="var(--ink)" stroke-width="1.6"/></symbol>
<symbol id="moved" viewBox="0 0 14 14"><circle cx="2.8" cy="7" r="2" fill="none" stroke="var(--ink)" stroke-width="1.2"/><path d="M5.4 7h6.4M9.2 4.2 12 7 9.2 9.8" fill="none" stroke="var(--ink)" stroke-width="1.5"/></symbol>
<symbol id="not-due" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.2" fill="none" stroke="var(--ink2)" stroke-width="1.5"/></symbol>
<symbol id="hidden" viewBox="0 0 14 14"><path d="M1.4 1.4h11.2v11.2H1.4ZM1.4 6 6 1.4M1.4 10 10 1.4M2.8 12.6l9.8-9.8M6.8 12.6l5.8-5.8" fill="none" stroke="var(--ink2)" stroke-width="1.1"/></symbol>
<symbol id="not-evaluable" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.2" fill="none" stroke="var(--ink2)" stroke-width="1.4"/><path d="m3.4 10.6 7.2-7.2" stroke="var(--ink2)" stroke-width="1.4"/></symbol>
<symbol id="inconclusive" viewBox="0 0 14 14"><path d="M.8 3.5v7M13.2 3.5v7M.8 7h3.4M9.8 7h3.4" stroke="var(--ink2)" stroke-width="1.4"/><circle cx="7" cy="7" r="2.5" fill="none" stroke="var(--ink2)" stroke-width="1.4"/></symbol>
<symbol id="stale" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.6" fill="none" stroke="var(--ink2)" stroke-width="1.2"/><path d="M4.2 2.4v9.2M7 1.4v11.2M9.8 2.4v9.2" stroke="var(--ink2)" stroke-width="1.3"/></symbol>
<symbol id="no-target" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.2" fill="none" stroke="var(--ink2)" stroke-width="1.4" stroke-dasharray="2.4 2"/></symbol>
<symbol id="no-base" viewBox="0 0 14 14"><circle cx="7" cy="3.6" r="2.1" fill="none" stroke="var(--ink2)" stroke-width="1.3"/><path d="M1 7.6h12" stroke="var(--ink2)" stroke-width="1.3"/><path d="M5.2 12.4h.01M7 12.4h.01M8.8 12.4h.01" stroke="var(--ink2)" stroke-width="1.6" stroke-linecap="round"/></symbol>
<symbol id="no-data" viewBox="0 0 14 14"><path d="M3 7h8" stroke="var(--ink3)" stroke-width="1.5"/></symbol>
<symbol id="no-margin" viewBox="0 0 14 14"><path d="M.8 3.5v7M13.2 3.5v7M.8 7h12.4M4.6 3.4l4.8 7.2" stroke="var(--ink2)" stroke-width="1.3"/></symbol>
<symbol id="mismatch" viewBox="0 0 14 14"><path d="M2 4.6h10M2 9.4h10M10 1.6 4 12.4" stroke="var(--ink2)" stroke-width="1.4"/></symbol>
<symbol id="withheld" viewBox="0 0 14 14"><path d="M2.4 6.4h9.2v6H2.4ZM4.4 6.4V4.2a2.6 2.6 0 0 1 5.2 0v2.2" fill="none" stroke="var(--ink2)" stroke-width="1.3"/></symbol>
<symbol id="not-reported" viewBox="0 0 14 14"><path d="M1.8 1.8h10.4v10.4H1.8Z" fill="none" stroke="var(--bad)" stroke-width="1.4" stroke-dasharray="2.6 2"/></symbol>
<symbol id="refused" viewBox="0 0 14 14"><path d="M4.3 1h5.4L13 4.3v5.4L9.7 13H4.3L1 9.7V4.3Z" fill="none" stroke="var(--bad)" stroke-width="1.4"/><path d="M4 7h6" stroke="var(--bad)" stroke-width="1.7"/></symbol>
<symbol id="review" viewBox="0 0 14 14"><path d="M7 1.4v11.2M2 4h10M2 4 .6 8.4h3.2ZM12 4l-1.6 4.4h3.2ZM4.4 12.6h5.2" fill="none" stroke="var(--warn)" stroke-width="1.2"/></symbol>
<symbol id="link-leads" viewBox="0 0 60 14"><path d="M0 7h50" stroke="var(--lead)" stroke-width="2.6"/><path d="m48 2 11 5-11 5Z" fill="var(--lead)"/></symbol>
<symbol id="link-together" viewBox="0 0 60 14"><path d="M0 5h60M0 9h60" stroke="var(--ink3)" stroke-width="1.3"/></symbol>
<symbol id="link-none" viewBox="0 0 60 14"><path d="M0 7h60" stroke="var(--ink3)" stroke-width="1.6" stroke-dasharray="1.6 4"/></symbol>
<symbol id="link-contrary" viewBox="0 0 60 14"><path d="M0 7h58M54 2v10M58 2v10" stroke="var(--bad)" stroke-width="2"/></symbol>
<symbol id="link-short" viewBox="0 0 60 14"><path d="M0 7h30" stroke="var(--ink3)" stroke-width="1.6" stroke-dasharray="5 3"/><path d="M32 3v8" stroke="var(--ink3)" stroke-width="1.6"/></symbol>
</defs></svg>`);
