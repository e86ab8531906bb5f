"""How every verb shows its help: an example first, then the rest."""

import click


class Verb(click.Command):
    """A verb of `bart`."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text, which begins with an example, and below it usage and options."""
        self.format_help_text(ctx, formatter)
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        self.format_options(ctx, formatter)
        self.format_epilog(ctx, formatter)
