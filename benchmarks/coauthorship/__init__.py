"""Speed and memory of co-authorship analysis, beside other packages in the same run."""
