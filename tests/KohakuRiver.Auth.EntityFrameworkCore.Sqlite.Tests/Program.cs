using Xunit.Runner.InProc.SystemConsole;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>The tests; or, when one of them asks for it, a second process on a test's database file.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args is [OtherProcess.Argument, var file] ? OtherProcess.ServeAsync(file) : ConsoleRunner.Run(args);
}
