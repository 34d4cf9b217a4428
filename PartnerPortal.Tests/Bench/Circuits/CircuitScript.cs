using System.Text.Json;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>The browser's side of calls between server and script: functions succeed and return nothing, navigation within the portal is followed.</summary>
internal sealed class CircuitScript(Uri page)
{
    private const int ObjectReference = 1;
    private readonly List<string> _called = [];
    private Uri _here = page;
    private int _objects;

    public IReadOnlyCollection<string> Called => _called;

    /// <summary>The object that takes events; known before a page is live.</summary>
    public long Renderer { get; private set; }

    /// <summary>The arguments of <c>JS.BeginInvokeJS</c>.</summary>
    /// <returns>What to send.</returns>
    public IReadOnlyList<byte[]> Answer(ref PackReader reader)
    {
        var call = reader.Number();
        var function = reader.Text()!;
        var arguments = reader.Text();
        var result = reader.Number() == ObjectReference ? $$"""{"__jsObjectId":{{++_objects}}}""" : "null";
        _called.Add(function);
        List<byte[]> answers = [];
        switch (function)
        {
            case "Blazor._internal.attachWebRendererInterop":
                using (var given = JsonDocument.Parse(arguments!))
                {
                    Renderer = given.RootElement[1].GetProperty("__dotNetObject").GetInt64();
                }

                break;
            case "Blazor._internal.navigationManager.navigateTo":
                using (var given = JsonDocument.Parse(arguments!))
                {
                    if (given.RootElement[1].GetProperty("forceLoad").GetBoolean())
                    {
                        throw new InvalidOperationException($"The page was left for {given.RootElement[0]}.");
                    }

                    _here = new Uri(_here, given.RootElement[0].GetString());
                    answers.Add(PackWriter.Invoke(null, "OnLocationChanged", _here.ToString(), null, false));
                }

                break;
            case "Blazor._internal.navigationManager.refresh":
                throw new InvalidOperationException("The page asked to be loaded anew.");
        }

        if (call > 0)
        {
            answers.Add(PackWriter.Invoke(null, "EndInvokeJSFromDotNet", call, true, $"[{call},true,{result}]"));
        }

        return answers;
    }

    /// <summary>The arguments of <c>JS.EndInvokeDotNet</c>: an event was handled.</summary>
    public static void Finished(ref PackReader reader)
    {
        reader.Text();
        if (!reader.Flag())
        {
            throw new InvalidOperationException("An event was not handled: " + reader.Text());
        }
    }
}
