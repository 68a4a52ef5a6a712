using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>
/// This program once more, as a server with a process of its own. It says in one line of JSON where it can be reached, answers
/// questions on its standard input, and ends with that input.
/// </summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;

    // Hosts print hints for their operators; the line to whoever measures is kept apart from them.
    private static TextWriter line = TextWriter.Null;

    private Child(Process process) => this.process = process;

    /// <summary>In the server's process, before anything else: what hosts print goes nowhere.</summary>
    public static void KeepLineClear()
    {
        line = Console.Out;
        Console.SetOut(TextWriter.Null);
    }

    /// <summary>Starts <c>serve</c> with these arguments.</summary>
    public static async Task<(Child Child, T Ready)> StartAsync<T>(params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        // Started as `dotnet file.dll` the program's own path comes first.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            info.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        info.ArgumentList.Add("serve");
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        var child = new Child(Process.Start(info)!);
        var answer = await child.process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The server ended before it was ready.");
        return (child, JsonSerializer.Deserialize<T>(answer)!);
    }

    /// <summary>Asks the server for a number: <c>allocated</c> (bytes so far) or <c>processor</c> (microseconds so far).</summary>
    public async Task<long> AskAsync(string question)
    {
        await process.StandardInput.WriteLineAsync(question);
        await process.StandardInput.FlushAsync();
        return long.Parse(
            await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended."),
            CultureInfo.InvariantCulture);
    }

    /// <summary>The other side: says that it is ready and answers until the input ends.</summary>
    public static async Task AnswerAsync<T>(T ready)
    {
        await line.WriteLineAsync(JsonSerializer.Serialize(ready));
        await line.FlushAsync();
        while (await Console.In.ReadLineAsync() is { } question)
        {
            var answer = question switch
            {
                "allocated" => GC.GetTotalAllocatedBytes(precise: true),
                "processor" => (long)Environment.CpuUsage.TotalTime.TotalMicroseconds,
                _ => throw new InvalidOperationException($"Unknown question '{question}'."),
            };
            await line.WriteLineAsync(answer.ToString(CultureInfo.InvariantCulture));
            await line.FlushAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
