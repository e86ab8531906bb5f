"""The parties sit together: choose topics, talk in a quiet rhythm, agree, and read it all back."""
