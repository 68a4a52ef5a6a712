using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// An import as a command of a host: <c>import old.db [--dry-run] [--rename old=new] [--rename-file FILE] [--known-vps-only] [--tasks]
/// [--time-zone Europe/Berlin]</c>, followed by settings of the host.
/// </summary>
public static class ImportCommand
{
    /// <summary>The exit code when everything was imported or already existed.</summary>
    public const int AllThere = 0;

    /// <summary>The exit code when the import is done, but some rows were left out; the report lists them.</summary>
    public const int SomeLeftOut = 1;

    /// <summary>The exit code when nothing was done; the reason was written to the errors.</summary>
    public const int NothingDone = 2;

    /// <summary>Runs the command and returns its exit code. What an operator can fix is written, not thrown.</summary>
    /// <param name="arguments">
    /// The arguments after the command's name: the file, <c>--dry-run</c>, <c>--rename</c> with <c>old=new</c>, once for each name,
    /// <c>--rename-file</c> with a file of such lines, <c>--known-vps-only</c>, <c>--tasks</c>, <c>--time-zone</c> with a zone, and
    /// settings of the host as <c>--Key=value</c> or <c>--Some:Key value</c>.
    /// </param>
    /// <param name="makeServices">
    /// Creates the host's services with the settings of the command line; they are disposed at the end. Called once the arguments are
    /// parsed.
    /// </param>
    /// <param name="output">Receives the report.</param>
    /// <param name="errors">Receives the reason why nothing was done.</param>
    /// <param name="cancellationToken">A cancelled import has happened entirely or not at all.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Func<string[], IServiceProvider> makeServices,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(makeServices);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (ImportArguments.Read(arguments, out var fault) is not { } read)
        {
            await errors.WriteLineAsync($"{fault} {ImportArguments.Usage}");
            return NothingDone;
        }

        try
        {
            var services = makeServices(read.Settings);
            try
            {
                var report = await services.ImportKohakuRiverAsync(read.Path, read.Options, cancellationToken);
                await output.WriteAsync(report.ToString());
                return report.LeftOut.Count == 0 ? AllThere : SomeLeftOut;
            }
            finally
            {
                await DisposeAsync(services);
            }
        }
        catch (OptionsValidationException e)
        {
            await errors.WriteLineAsync("The settings are invalid:");
            foreach (var one in e.Failures)
            {
                await errors.WriteLineAsync($"  - {one}");
            }
        }
        catch (Exception e) when (e is ImportSourceException or StoreUnavailableException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"Nothing was imported. {e.Message}");
        }

        return NothingDone;
    }

    private static async ValueTask DisposeAsync(IServiceProvider services)
    {
        switch (services)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
