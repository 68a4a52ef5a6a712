using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

namespace KohakuRiver.Tests.Packing;

/// <summary>
/// Libraries of this repository as packages in a folder of their own, with a version that nothing else has, and projects built against
/// them. The libraries must be built already: refer to them from the test project, with <c>ReferenceOutputAssembly="false"</c> where that
/// is all. Disposing removes everything, the copies in the machine's package cache included.
/// </summary>
internal sealed class LocalFeed : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kohakuriver-feed-");
    private readonly HashSet<string> caches = new(StringComparer.Ordinal);

    private int made;

    private LocalFeed()
    {
    }

    /// <summary>Where the packages lie.</summary>
    internal string Packages => Path.Combine(folder.FullName, "packages");

    /// <summary>The version of all of them.</summary>
    internal string Version { get; } = $"0.1.0-test{Environment.ProcessId}x{Stopwatch.GetTimestamp()}";

    /// <summary>The platforms of the tool that are packed here: of all that are published those that run on this machine.</summary>
    internal static IReadOnlyList<string> ToolPlatforms { get; } =
        PublishedPlatforms.Contains(RuntimeInformation.RuntimeIdentifier, StringComparer.Ordinal)
            ? [RuntimeInformation.RuntimeIdentifier, "any"]
            : ["any"];

    /// <summary>The platforms for which the tool is published compiled ahead.</summary>
    internal static IReadOnlyList<string> PublishedPlatforms => ["linux-x64", "linux-arm64", "win-x64", "osx-arm64"];

    /// <summary>The folder of the solution these tests were built from.</summary>
    internal static string Root { get; } = Ancestor(folder => File.Exists(Path.Combine(folder.FullName, "KohakuRiver.Auth.sln"))).FullName;

    /// <summary>The configuration these tests were built in, from <c>bin/Debug/net10.0</c>.</summary>
    private static string Configuration { get; } = Ancestor(folder => folder.Parent?.Name == "bin").Name;

    /// <summary>Packs all of them.</summary>
    internal static Task<LocalFeed> PackAllAsync() =>
        PackAsync(Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(d => Path.GetFileName(d)!));

    /// <summary>Packs libraries by name. Those they depend on have to be named too.</summary>
    internal static Task<LocalFeed> PackAsync(params IEnumerable<string> libraries) => PackWithAsync([], libraries);

    /// <summary>The same with properties of the build beside the version.</summary>
    internal static async Task<LocalFeed> PackWithAsync(
        IEnumerable<(string Name, string Value)> properties, params IEnumerable<string> libraries)
    {
        var feed = new LocalFeed();
        try
        {
            await feed.PackIntoAsync(libraries, properties);
            return feed;
        }
        catch
        {
            feed.Dispose();
            throw;
        }
    }

    /// <summary>Builds a copy of <c>samples/consumers/NAME</c> against the packages; gives the path of the program.</summary>
    /// <param name="name">Which consumer.</param>
    /// <param name="properties">Properties of its project beside the feed and the version.</param>
    internal async Task<string> BuildConsumerAsync(string name, params IEnumerable<(string Name, string Value)> properties)
    {
        var (project, build) = await TryBuildConsumerAsync(name, properties);
        build.Expect(0);
        return Directory.EnumerateFiles(Path.Combine(project, "bin"), name + ".dll", SearchOption.AllDirectories).Single();
    }

    /// <summary>The same for one that may not compile; gives its folder and how the build ended.</summary>
    internal Task<(string Project, ProgramRun Build)> TryBuildConsumerAsync(
        string name, params IEnumerable<(string Name, string Value)> properties) =>
        RunForConsumerAsync("build", name, name, properties);

    /// <summary>Publishes a copy of <c>samples/consumers/NAME</c> for this machine; gives the path of the program.</summary>
    /// <param name="name">Which consumer.</param>
    /// <param name="properties">Properties of its project beside the feed and the version.</param>
    internal async Task<string> PublishConsumerAsync(string name, params IEnumerable<(string Name, string Value)> properties)
    {
        List<(string, string)> all =
        [
            ("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier), ("PublishDir", "published/"), .. properties,
        ];
        var (project, publish) = await RunForConsumerAsync("publish", name, $"{name}-{Interlocked.Increment(ref made)}", all);
        publish.Expect(0);
        return Path.Combine(project, "published", OperatingSystem.IsWindows() ? name + ".exe" : name);
    }

    private async Task<(string Project, ProgramRun Run)> RunForConsumerAsync(
        string command, string name, string into, IEnumerable<(string Name, string Value)> properties)
    {
        var copy = Path.Combine(folder.FullName, "consumers", into);
        Copy(new DirectoryInfo(Path.Combine(Root, "samples", "consumers")), copy, only: name);
        var project = Path.Combine(copy, name);
        var build = await RunAsync(
            "dotnet",
            [
                command, project, "--nologo", "-v:q", "-nodeReuse:false", "-p:UseSharedCompilation=false",
                $"-p:KohakuRiverFeed={Packages}", $"-p:KohakuRiverVersion={Version}", .. properties.Select(p => $"-p:{p.Name}={p.Value}"),
            ],
            folder.FullName);
        NoteCaches(Path.Combine(project, "obj", "project.assets.json"));
        return (project, build);
    }

    /// <summary>Runs a command of <c>dotnet</c> on the project in a folder, which finds the packages beside those of the machine.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    internal async Task<ProgramRun> RunDotnetAsync(
        DirectoryInfo project, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var run = await RunAsync(
            "dotnet",
            [.. arguments, $"-p:RestoreAdditionalProjectSources={Packages}", "-p:UseSharedCompilation=false", "-nodeReuse:false"],
            project.FullName,
            environment);
        NoteCaches(Path.Combine(project.FullName, "obj", "project.assets.json"));
        return run;
    }

    /// <summary>Makes an empty folder that goes with the feed.</summary>
    internal DirectoryInfo CreateFolder(string name) =>
        folder.CreateSubdirectory(Path.Combine("folders", $"{name} {Interlocked.Increment(ref made)}"));

    /// <summary>Runs a program to its end, at most ten minutes.</summary>
    internal static async Task<ProgramRun> RunAsync(
        string program, IEnumerable<string> arguments, string workingFolder, params IEnumerable<(string Name, string Value)> environment)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10), TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProgramRun(process.ExitCode, await output + await errors);
    }

    public void Dispose()
    {
        foreach (var copy in caches.Where(Directory.Exists))
        {
            Directory.Delete(copy, recursive: true);
        }

        folder.Delete(recursive: true);
    }

    // One run of MSBuild for all: starting it is what takes the time.
    private async Task PackIntoAsync(IEnumerable<string> libraries, IEnumerable<(string Name, string Value)> more)
    {
        var projects = string.Join(';', libraries.Select(name => Path.Combine(Root, "src", name, name + ".csproj")));
        var properties = $"NoBuild=true;Configuration={Configuration};Version={Version};PackageOutputPath={Packages}"
            + $";ToolPlatform={ToolPlatforms[0]}"
            + string.Concat(more.Select(p => $";{p.Name}={p.Value}"));
        var script = Path.Combine(folder.FullName, "pack.proj");
        await File.WriteAllTextAsync(script, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{SecurityElement.Escape(projects)}" Targets="Pack"
                         Properties="{SecurityElement.Escape(properties)}" BuildInParallel="true" />
              </Target>
            </Project>
            """);

        // One process after the other: packing writes into the projects' obj folders.
        await using var turn = await TakeTurnAsync();
        (await RunAsync("dotnet", ["msbuild", script, "-t:Pack", "-nodeReuse:false", "-v:q", "-nologo"], folder.FullName)).Expect(0);
    }

    private static async Task<FileStream> TakeTurnAsync()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Root, "artifacts")).FullName, "packing.lock");
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 1200)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            }
        }
    }

    /// <summary>Restoring copies packages into a cache that outlives it.</summary>
    private void NoteCaches(string assets)
    {
        if (!File.Exists(assets))
        {
            return;
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        var names = Directory.EnumerateFiles(Packages, "*.nupkg")
            .Select(f => Path.GetFileName(f)[..^(Version.Length + ".nupkg".Length + 1)]);
        lock (caches)
        {
            caches.UnionWith(
                from cache in json.RootElement.GetProperty("packageFolders").EnumerateObject()
                from name in names
                select Path.Combine(cache.Name, name.ToLowerInvariant(), Version));
        }
    }

    private static void Copy(DirectoryInfo from, string to, string? only = null)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var inner in from.EnumerateDirectories().Where(d => d.Name is not ("bin" or "obj") && (only is null || d.Name == only)))
        {
            Copy(inner, Path.Combine(to, inner.Name));
        }
    }

    private static DirectoryInfo Ancestor(Func<DirectoryInfo, bool> isIt)
    {
        var start = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        for (var above = start; above is not null; above = above.Parent)
        {
            if (isIt(above))
            {
                return above;
            }
        }

        throw new InvalidOperationException("These tests run where they were built, inside the repository.");
    }
}
