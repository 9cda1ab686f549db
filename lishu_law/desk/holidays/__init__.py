"""放假安排: entering the yearly notice, publishing it, and counting every running limit again."""
