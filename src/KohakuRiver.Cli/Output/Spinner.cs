using Spectre.Console;

namespace KohakuRiver.Cli;

/// <summary>Shows on a terminal that something takes long, and what it is at.</summary>
internal static class Spinner
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether the terminal's cursor is hidden at the moment: it has to come back on every end of the process.</summary>
    internal static bool HidesCursor { get; private set; }

    /// <summary>Turns until <paramref name="working"/> has ended, however.</summary>
    /// <param name="console">Where it turns.</param>
    /// <param name="clock">The clock of the program.</param>
    /// <param name="working">What is waited for.</param>
    /// <param name="latest">What it is at.</param>
    internal static async Task SpinAsync(IAnsiConsole console, TimeProvider clock, Task working, Func<string> latest)
    {
        HidesCursor = true;
        await console.Status().StartAsync(Markup.Escape(SafeText.Line(latest())), async status =>
        {
            while (await Task.WhenAny(working, Task.Delay(RefreshEvery, clock)) != working)
            {
                status.Status = Markup.Escape(SafeText.Line(latest()));
            }
        });
        HidesCursor = false;
    }
}
