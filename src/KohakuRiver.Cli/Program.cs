using KohakuRiver.Cli;
using KohakuRiver.Cli.Output;

return await CliApp.RunAsync(args, CliContext.OfProcess(new SystemTerminal()), CancellationToken.None);
