using System.Collections.Concurrent;
using System.Diagnostics;

namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Keeps the activities below one of its own, so that tests beside this one do not mix in; each is held to what the documentation lists.
/// </summary>
internal sealed class ActivityRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly Activity root = new("test");
    private readonly ActivityListener listener;

    internal ActivityRecorder()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == KohakuAuthDiagnostics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = ended.Enqueue,
        };
        root.SetIdFormat(ActivityIdFormat.W3C).Start();
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The activities of a name that have ended, oldest first.</summary>
    internal IReadOnlyList<Activity> Of(ActivityInfo what)
    {
        var found = ended.Where(a => a.TraceId == root.TraceId && a.OperationName == what.Name).ToList();
        foreach (var (name, value) in found.SelectMany(a => a.TagObjects))
        {
            var attribute = Assert.Single(what.Attributes, a => a.Name == name);
            if (attribute.Values.Count > 0)
            {
                Assert.Contains((string)value!, attribute.Values);
            }
        }

        return found;
    }

    public void Dispose()
    {
        listener.Dispose();
        root.Dispose();
    }
}
