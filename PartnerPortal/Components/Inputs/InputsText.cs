namespace PartnerPortal.Components.Inputs;

/// <summary>Names the string resources of inputs that several slices use.</summary>
public sealed class InputsText;
