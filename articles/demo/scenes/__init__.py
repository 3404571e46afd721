"""What the pictures show. Every scene is a function that paints one canvas."""
