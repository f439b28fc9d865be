"""The workbench: dossiers of a folder in a browser, on one's own machine."""
