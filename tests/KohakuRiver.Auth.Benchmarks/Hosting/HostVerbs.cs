using KohakuRiver.Auth.Benchmarks.Processes;

namespace KohakuRiver.Auth.Benchmarks.Hosting;

/// <summary>The verb <c>serve</c>: the servers that are measured, each in a process of its own.</summary>
internal static class HostVerbs
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        Child.KeepLineClear();
        switch (arguments)
        {
            case ["http", var folder]:
                await HttpContenders.ServeAsync(folder);
                return 0;
            case ["instance", var folder, var connectionString]:
                await Instance.ServeAsync(folder, connectionString);
                return 0;
            default:
                await Console.Error.WriteLineAsync("serve is for the benchmarks themselves.");
                return 2;
        }
    }
}
