"""What things cost, measured side by side in one run. Timings are printed; they never fail a test."""
