using System.Globalization;
using System.Reflection;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>One case of the suite: a method of a class of cases with one row of arguments.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Method">The method.</param>
/// <param name="Arguments">Its arguments, one for each parameter.</param>
internal sealed record SuiteCase(string Subject, MethodInfo Method, IReadOnlyList<object?> Arguments)
{
    /// <summary>All cases, by name.</summary>
    public static IReadOnlyList<SuiteCase> All { get; } =
        [.. typeof(SuiteCase).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(StoreCases)))
            .SelectMany(Of)
            .OrderBy(c => c.Name, StringComparer.Ordinal)];

    private static readonly Dictionary<string, SuiteCase> ByName = All.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>The name under which it is listed and filtered; unique.</summary>
    public string Name { get; } =
        $"{Subject}.{Method.Name}" + (Arguments.Count == 0 ? "" : $"({string.Join(", ", Arguments.SelectMany(Texts))})");

    /// <summary>The rows about security that it shows.</summary>
    public IReadOnlyList<string> Requirements => Method.GetCustomAttribute<RequirementAttribute>()?.Rows ?? [];

    /// <summary>The case with this name.</summary>
    /// <exception cref="ArgumentException">There is no such case.</exception>
    public static SuiteCase Find(string name) =>
        ByName.GetValueOrDefault(name) ?? throw new ArgumentException($"The suite has no case {name}.", nameof(name));

    /// <summary>The cases of a class.</summary>
    public static IEnumerable<SuiteCase> Of(Type cases) =>
        from method in cases.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        from row in RowsOf(method)
        select new SuiteCase(cases.GetCustomAttribute<SubjectAttribute>()!.Name, method, Fit(method, row));

    /// <summary>The case for a method with a row of arguments.</summary>
    public static SuiteCase Of(Type cases, string method, params IReadOnlyList<object?> arguments)
    {
        var found = cases.GetMethod(method)!;
        return Find(new SuiteCase(cases.GetCustomAttribute<SubjectAttribute>()!.Name, found, Fit(found, arguments)).Name);
    }

    /// <summary>Whether the case applies to a suite with omissions.</summary>
    public bool IsAsked(IEnumerable<LeavesOutAttribute> leftOut) => !leftOut.Any(l => l.Cases.ToString() == Subject);

    /// <summary>Runs the case on its own data, and disposes the sets that it opened.</summary>
    public async Task RunAsync(SuiteHooks hooks)
    {
        var cases = (StoreCases)Activator.CreateInstance(Method.DeclaringType!)!;
        await using (cases.ConfigureAwait(false))
        {
            await cases.StartAsync(hooks);
            if (Method.Invoke(cases, BindingFlags.DoNotWrapExceptions, null, [.. Arguments], CultureInfo.InvariantCulture) is Task running)
            {
                await running;
            }
        }
    }

    private static IEnumerable<IReadOnlyList<object?>> RowsOf(MethodInfo method)
    {
        foreach (var row in method.GetCustomAttributes<CaseAttribute>())
        {
            yield return row.Arguments;
        }

        if (method.GetCustomAttribute<CaseRowsAttribute>() is { } rows)
        {
            foreach (var row in (IEnumerable<object?[]>)method.DeclaringType!.GetProperty(rows.Property)!.GetValue(null)!)
            {
                yield return row;
            }
        }
    }

    // Arguments beyond the last parameter belong to its array.
    private static IReadOnlyList<object?> Fit(MethodInfo method, IReadOnlyList<object?> row)
    {
        var parameters = method.GetParameters();
        return parameters is [.., { ParameterType: var last }] && last == typeof(string[]) && row is not [.., string[]]
            ? [.. row.Take(parameters.Length - 1), row.Skip(parameters.Length - 1).Cast<string>().ToArray()]
            : row;
    }

    private static IEnumerable<string> Texts(object? argument) => argument switch
    {
        null => ["null"],
        "" => ["\"\""],
        string[] several => several,
        _ => [Convert.ToString(argument, CultureInfo.InvariantCulture)!],
    };
}
