using System.Text;

namespace PartnerPortal.Tests.Bench.Circuits;

/// <summary>A node as a browser would keep it: an element, a text, or the place of a component.</summary>
internal sealed class Node
{
    // Most nodes have neither.
    private Dictionary<string, string?>? _attributes;
    private Dictionary<string, ulong>? _handlers;

    public Node? Parent { get; set; }

    /// <summary>Empty for texts and components.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The text, or static markup as it was written.</summary>
    public string Words { get; set; } = "";

    public List<Node> Children { get; } = [];

    public IEnumerable<Node> All => Children.SelectMany(c => c.All).Prepend(this);

    public string? this[string attribute] => _attributes?.GetValueOrDefault(attribute);

    public string Text => All.Aggregate(new StringBuilder(), (text, node) => text.Append(node.Words)).ToString();

    public bool Has(string attribute) => _attributes?.ContainsKey(attribute) == true;

    /// <returns>What the server knows the handler of the attribute ("onclick") by.</returns>
    public ulong Handler(string attribute) => _handlers?.TryGetValue(attribute, out var id) == true ? id : throw new InvalidOperationException($"<{Tag}> has no {attribute}.");

    public void Set(string attribute, string? value) => (_attributes ??= new(StringComparer.Ordinal))[attribute] = value;

    public void Listen(string attribute, ulong handler) => (_handlers ??= new(StringComparer.Ordinal))[attribute] = handler;

    public void Remove(string attribute)
    {
        _attributes?.Remove(attribute);
        _handlers?.Remove(attribute);
    }
}

/// <summary>What a person would see of an interactive page: the batches applied one after another, as the client script does.</summary>
internal sealed class Screen
{
    private readonly Dictionary<int, Node> _components = [];
    private readonly Node _root = new();

    public IEnumerable<Node> All => _root.All;

    public Node Find(string tag, Func<Node, bool> isIt) =>
        All.FirstOrDefault(n => n.Tag == tag && isIt(n)) ?? throw new InvalidOperationException($"There is no such <{tag}> on: {_root.Text}");

    public void Apply(RenderBatch batch)
    {
        for (var i = 0; i < batch.Components; i++)
        {
            var (component, edits, at) = batch.Diff(i);
            if (!_components.TryGetValue(component, out var place))
            {
                _components.Add(component, place = Insert(_root, _root.Children.Count, new Node()));
            }

            new Change(this, batch, place).Apply(edits, at);
        }

        for (var i = 0; i < batch.DisposedComponents; i++)
        {
            _components.Remove(batch.DisposedComponent(i));
        }
    }

    private static Node Insert(Node parent, int at, Node child)
    {
        child.Parent = parent;
        parent.Children.Insert(at, child);
        return child;
    }

    /// <summary>The edits of one component, and where among its nodes they have come to.</summary>
    private sealed class Change(Screen screen, RenderBatch batch, Node place)
    {
        private readonly List<(int From, int To)> _moves = [];
        private Node _parent = place;

        public void Apply(int edits, int at)
        {
            for (var i = 0; i < edits; i++)
            {
                Apply(batch.Edit(at, i));
            }
        }

        private void Apply(Edit edit)
        {
            switch (edit.Kind)
            {
                case EditKind.PrependFrame:
                    Add(_parent, edit.Sibling, edit.FrameOrTarget);
                    break;
                case EditKind.RemoveFrame:
                    _parent.Children.RemoveAt(edit.Sibling);
                    break;
                case EditKind.SetAttribute:
                    Set(_parent.Children[edit.Sibling], batch.Frame(edit.FrameOrTarget));
                    break;
                case EditKind.RemoveAttribute:
                    _parent.Children[edit.Sibling].Remove(batch.Text(edit.RemovedName)!);
                    break;
                case EditKind.UpdateText or EditKind.UpdateMarkup:
                    _parent.Children[edit.Sibling].Words = batch.Text(batch.Frame(edit.FrameOrTarget).First) ?? "";
                    break;
                case EditKind.StepIn:
                    _parent = _parent.Children[edit.Sibling];
                    break;
                case EditKind.StepOut:
                    _parent = _parent.Parent!;
                    break;
                case EditKind.PermutationEntry:
                    _moves.Add((edit.Sibling, edit.FrameOrTarget));
                    break;
                case EditKind.PermutationEnd:
                    Permute();
                    break;
            }
        }

        /// <returns>How many nodes it became.</returns>
        private int Add(Node parent, int at, int index)
        {
            var frame = batch.Frame(index);
            switch (frame.Kind)
            {
                case FrameKind.Element:
                    Fill(Insert(parent, at, new Node { Tag = batch.Text(frame.Second)! }), index, frame.Length);
                    return 1;
                case FrameKind.Text or FrameKind.Markup:
                    Insert(parent, at, new Node { Words = batch.Text(frame.First) ?? "" });
                    return 1;
                case FrameKind.Component:
                    screen._components[frame.Second] = Insert(parent, at, new Node());
                    return 1;
                case FrameKind.Region:
                    return AddRange(parent, at, index + 1, index + frame.Length);
                default:
                    return 0;
            }
        }

        private void Fill(Node element, int index, int length)
        {
            var inside = index + 1;
            for (; inside < index + length && batch.Frame(inside) is { Kind: FrameKind.Attribute } attribute; inside++)
            {
                Set(element, attribute);
            }

            AddRange(element, 0, inside, index + length);
        }

        private int AddRange(Node parent, int at, int from, int to)
        {
            var first = at;
            for (var i = from; i < to; i += batch.Frame(i).Length)
            {
                at += Add(parent, at, i);
            }

            return at - first;
        }

        private void Set(Node element, Frame attribute)
        {
            var name = batch.Text(attribute.First)!;
            if (attribute.Handler > 0)
            {
                element.Listen(name, attribute.Handler);
            }
            else
            {
                element.Set(name, batch.Text(attribute.Second));
            }
        }

        private void Permute()
        {
            var moving = _moves.Select(m => (m.To, Node: _parent.Children[m.From])).ToList();
            foreach (var (to, node) in moving)
            {
                _parent.Children[to] = node;
            }

            _moves.Clear();
        }
    }
}
