// The token of the person before this tab. It lives as long as the tab and is no cookie; the browser itself may keep the tab on its disk.
const NAME = 'provisioning-hub-token';

export const token = () => sessionStorage.getItem(NAME);
export const keep = text => sessionStorage.setItem(NAME, text);
export const forget = () => sessionStorage.removeItem(NAME);
