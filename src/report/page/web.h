/* The files of web/ and the chart library, as texts; made by web/embed.py when Steppe is built. */
#ifndef STP_WEB_H
#define STP_WEB_H

extern const char stp_web_page_css[], stp_web_page_js[];
/* uPlot, with its licence; "" if it was not there. */
extern const char stp_web_chart_css[], stp_web_chart_js[];

#endif
